// Gives code that knows nothing of the simulation virtual time and chance: replaces timers, `Date`, `performance.now`,
// `Math.random` and the like in this thread. While no run is on, all of them are what they always were.

import { syncBuiltinESMExports } from "node:module";
import nodeTimers from "node:timers";
import timersPromises from "node:timers/promises";
import { forbidIo } from "./forbidden-io.ts";
import { VirtualTimer } from "./virtual-timer.ts";

/** What a process's `Date` shows when its clock shows 0. */
const epochMs = Date.UTC(2001, 0, 1);

/** Whose code runs: a process of a simulation, or the simulation itself. */
export interface Whose {
  readonly name: string;
  /** Milliseconds on its clock. */
  now(): number;
  random(): number;
  setTimer(afterMs: number, run: () => void): () => void;
}

/** Tells the sandbox what goes on. */
export interface Whereabouts {
  /** Undefined: no simulation's code runs, and everything is what it always was. */
  readonly whose: Whose | undefined;
  /** Whether the code that runs may call that function of the real world. */
  mayCall(what: string): boolean;
  /** The code that runs has done what fails its run. */
  fail(rule: string, text: string): void;
  /** Something will run later that no promise tells of. */
  touch(): void;
}

export class Sandbox {
  readonly #where: Whereabouts;

  /** Patches this thread, for good. */
  constructor(where: Whereabouts) {
    this.#where = where;
    this.#patchTimers();
    this.#patchClocks();
    this.#patchChance();
    this.#patchQueues();
    forbidIo((what) => this.#forbidden(what));
    syncBuiltinESMExports();
  }

  #nowMs(): number {
    return this.#where.whose?.now() ?? 0;
  }

  #fraction(): number {
    return this.#where.whose?.random() ?? 0;
  }

  /** Fails the run; answers the error to throw, or nothing where no run is on. */
  #forbidden(what: string): Error | undefined {
    const { whose } = this.#where;
    if (whose === undefined || this.#where.mayCall(what)) return undefined;
    const text = `${whose.name} called ${what}: a simulated process has no world but its host`;
    this.#where.fail("realIo", text);
    return new Error(text);
  }

  #later(afterMs: number, run: () => void): () => void {
    return this.#where.whose?.setTimer(afterMs, run) ?? (() => {});
  }

  #patchTimers(): void {
    const later = (afterMs: number, run: () => void) => this.#later(afterMs, run);
    const isOn = () => this.#where.whose !== undefined;
    type Run = (...args: readonly unknown[]) => void;
    const starters = {
      setTimeout: (run: Run, ms = 1, ...args: unknown[]) =>
        new VirtualTimer(later, Math.max(1, ms), false, () => run(...args)),
      setInterval: (run: Run, ms = 1, ...args: unknown[]) =>
        new VirtualTimer(later, Math.max(1, ms), true, () => run(...args)),
      setImmediate: (run: Run, ...args: unknown[]) => new VirtualTimer(later, 0, false, () => run(...args)),
    };
    for (const [name, start] of Object.entries(starters)) {
      for (const target of [globalThis, nodeTimers]) {
        wrap(
          target,
          name,
          (real) =>
            (...args: readonly unknown[]) =>
              Reflect.apply(isOn() ? start : real, undefined, args),
        );
      }
    }
    for (const name of ["clearTimeout", "clearInterval", "clearImmediate"]) {
      for (const target of [globalThis, nodeTimers]) {
        wrap(
          target,
          name,
          (real) => (timer: unknown) =>
            timer instanceof VirtualTimer ? timer.close() : Reflect.apply(real, undefined, [timer]),
        );
      }
    }
    const sleep = <T>(ms: number, value: T) => new Promise<T>((resolve) => later(ms, () => resolve(value)));
    wrap(
      timersPromises,
      "setTimeout",
      (real) =>
        (ms = 1, value?: unknown, ...rest: readonly unknown[]) =>
          isOn() ? sleep(ms, value) : Reflect.apply(real, undefined, [ms, value, ...rest]),
    );
    wrap(
      timersPromises,
      "setImmediate",
      (real) =>
        (value?: unknown, ...rest: readonly unknown[]) =>
          isOn() ? sleep(0, value) : Reflect.apply(real, undefined, [value, ...rest]),
    );
  }

  #patchClocks(): void {
    const isOn = () => this.#where.whose !== undefined;
    const dateMs = () => epochMs + Math.floor(this.#nowMs());
    const RealDate = Date;
    globalThis.Date = new Proxy(RealDate, {
      construct: (target, args, newTarget) =>
        Reflect.construct(target, args.length === 0 && isOn() ? [dateMs()] : args, newTarget),
      apply: (target, self, args) =>
        isOn() ? new RealDate(dateMs()).toString() : Reflect.apply(target, self, args),
    });
    wrap(RealDate, "now", (real) => () => (isOn() ? dateMs() : real()));
    wrap(performance, "now", (real) => () => (isOn() ? this.#nowMs() : Reflect.apply(real, performance, [])));
    const nanos = () => BigInt(Math.floor(this.#nowMs() * 1e6));
    const realHrtime = process.hrtime;
    const hrtime = (since?: [number, number]): [number, number] => {
      if (!isOn()) return realHrtime(since);
      const passed =
        nanos() - (since === undefined ? 0n : BigInt(since[0]) * 1_000_000_000n + BigInt(since[1]));
      return [Number(passed / 1_000_000_000n), Number(passed % 1_000_000_000n)];
    };
    process.hrtime = Object.assign(hrtime, { bigint: () => (isOn() ? nanos() : realHrtime.bigint()) });
  }

  #patchChance(): void {
    const isOn = () => this.#where.whose !== undefined;
    wrap(Math, "random", (real) => () => (isOn() ? this.#fraction() : real()));
    const byte = () => Math.floor(this.#fraction() * 256);
    wrap(crypto, "getRandomValues", (real) => (view: ArrayBufferView) => {
      if (!isOn()) return Reflect.apply(real, crypto, [view]);
      const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
      for (let i = 0; i < bytes.length; i++) bytes[i] = byte();
      return view;
    });
    wrap(crypto, "randomUUID", (real) => () => {
      if (!isOn()) return Reflect.apply(real, crypto, []);
      const hex = Array.from({ length: 32 }, () => (byte() & 15).toString(16));
      hex[12] = "4";
      hex[16] = ((byte() & 3) | 8).toString(16);
      return hex.join("").replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
    });
  }

  #patchQueues(): void {
    for (const [target, name] of [
      [globalThis, "queueMicrotask"],
      [process, "nextTick"],
    ] as const) {
      wrap(target, name, (real) => (...args: readonly unknown[]) => {
        this.#where.touch();
        return Reflect.apply(real, target, args);
      });
    }
  }
}

type AnyFunction = (...args: never[]) => unknown;

function wrap(
  target: object,
  name: string,
  make: (real: (...args: readonly unknown[]) => unknown) => AnyFunction,
): void {
  const real = Reflect.get(target, name) as (...args: readonly unknown[]) => unknown;
  Object.defineProperty(target, name, { value: make(real), writable: true, configurable: true });
}
