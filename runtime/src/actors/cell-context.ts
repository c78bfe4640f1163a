// What an actor is given of its surroundings: its children, its timers, and whom it watches.

import { addressText } from "../codec/refs.ts";
import type { PlatformAbortSignal } from "./abort.ts";
import type { ActorContext } from "./actor.ts";
import type { ActorRef } from "./actor-ref.ts";
import { ActorCell, type Watcher } from "./cell.ts";
import { type ActorHooks, type Down, type StopReason, signalled, started, stopping } from "./hooks.ts";
import type { Logger } from "./logger.ts";
import type { Outcome } from "./outcome.ts";
import { type Port, port, portOf, type RefIdentity } from "./port.ts";
import type { RemoteSpawnOptions, SpawnOptions } from "./spawn-options.ts";
import type { Surroundings } from "./surroundings.ts";

/** What a context needs of its system. */
export interface ContextWorld {
  readonly logger: Logger;
  /** A handle of the cell. */
  refOf(cell: ActorCell): RefIdentity;
  /** Starts a child of `parent`. Throws what its constructor throws. */
  spawnLocal(parent: ActorCell, actor: object, args: readonly unknown[], options: SpawnOptions): RefIdentity;
  spawnRemote(
    parent: ActorCell,
    actor: object,
    args: readonly unknown[],
    options: RemoteSpawnOptions,
  ): Promise<Outcome<RefIdentity>>;
  /** Watches what is not of this system; `tell` is called once. Returns what ends it. */
  watchRemote(watcher: ActorCell, ref: RefIdentity, tell: (reason: DownReason) => void): () => void;
}

export type DownReason = Pick<Down, "reason" | "error">;

export function downReason(ended: StopReason): DownReason {
  return ended.reason === "crashed" ? { reason: "crashed", error: ended.error } : { reason: "exited" };
}

/** One that is watched. */
class Watch implements Watcher {
  readonly #cell: ActorCell;
  readonly #ref: RefIdentity;
  readonly #forget: () => void;
  #isOver = false;
  /** Has nobody tell this any more. */
  cancel: () => void = () => {};

  constructor(cell: ActorCell, ref: RefIdentity, forget: () => void) {
    this.#cell = cell;
    this.#ref = ref;
    this.#forget = forget;
  }

  down(_target: ActorCell, ended: StopReason): void {
    this.tell(downReason(ended));
  }

  /** Signals in the order of messages, unless somebody stops watching before it is the signal's turn. */
  tell(reason: DownReason): void {
    this.#cell.postTurn(() => {
      if (this.#isOver) return undefined;
      this.#isOver = true;
      this.#forget();
      return (this.#cell.actor as ActorHooks)[signalled]?.({ signal: "down", ref: this.#ref, ...reason });
    });
  }

  end(): void {
    this.#isOver = true;
    this.cancel();
  }
}

export class CellContext implements ActorContext, Surroundings {
  readonly #cell: ActorCell;
  readonly #world: ContextWorld;
  /** Of the class: the actor itself is not there yet while its constructor runs. */
  readonly #hooks: ActorHooks;
  #children: Set<ActorCell> | undefined;
  /** The children, when the actor ends. */
  #leaving: ActorCell[] | undefined;
  #watches: Map<Port | string, Watch> | undefined;
  #timers: Set<() => void> | undefined;
  #log: Logger | undefined;
  #self: RefIdentity | undefined;

  constructor(cell: ActorCell, world: ContextWorld, hooks: ActorHooks) {
    this.#cell = cell;
    this.#world = world;
    this.#hooks = hooks;
  }

  get self(): ActorRef<object> {
    this.#self ??= this.#world.refOf(this.#cell);
    return this.#self;
  }

  get generation(): number {
    return this.#cell.terms.generation;
  }

  get signal(): PlatformAbortSignal {
    const cell = this.#cell;
    cell.controller ??= new AbortController();
    if (cell.status !== "running" || cell.at?.outcome !== undefined) cell.controller.abort();
    return cell.controller.signal;
  }

  get log(): Logger {
    this.#log ??= labelled(this.#world.logger, this.#cell.label);
    return this.#log;
  }

  /** What is returned depends on the options, as the overloads of `ActorContext` say. */
  spawn(actor: object, args: readonly unknown[], options: SpawnOptions | RemoteSpawnOptions = {}): never {
    const cell = this.#cell;
    if (cell.status !== "running") throw new Error(`${cell.label} is stopping, and starts no children`);
    const started =
      "on" in options
        ? this.#world.spawnRemote(cell, actor, args, options)
        : this.#world.spawnLocal(cell, actor, args, options);
    return started as never;
  }

  watch(ref: RefIdentity): void {
    const cell = this.#cell;
    if (this.#hooks[signalled] === undefined) throw new TypeError(`${cell.label} has no method [signalled]`);
    const key = watchKey(ref[port]);
    if (cell.status !== "running" || this.#watches?.has(key)) return;
    const watch = new Watch(cell, ref, () => this.#watches?.delete(key));
    this.#watches ??= new Map();
    this.#watches.set(key, watch);
    const to = portOf(ref);
    if (!(to instanceof ActorCell) || to.world !== cell.world) {
      watch.cancel = this.#world.watchRemote(cell, ref, (reason) => watch.tell(reason));
    } else if (to.status === "ended") watch.down(to, to.ending!.reason);
    else {
      to.watchers ??= new Set();
      to.watchers.add(watch);
      watch.cancel = () => to.watchers?.delete(watch);
    }
  }

  unwatch(ref: RefIdentity): void {
    const key = watchKey(ref[port]);
    this.#watches?.get(key)?.end();
    this.#watches?.delete(key);
  }

  stop(): void {
    this.#cell.end({ reason: "stopped" });
  }

  stopChild(ref: RefIdentity): void {
    const to = portOf(ref);
    if (to instanceof ActorCell && to.terms.parent === this.#cell) to.end({ reason: "stopped" });
  }

  setTimer(afterMs: number, run: () => void | Promise<void>): () => void {
    return this.#startTimer(afterMs, run, false);
  }

  setRepeating(everyMs: number, run: () => void | Promise<void>): () => void {
    return this.#startTimer(everyMs, run, true);
  }

  // For the cell.

  get lastChild(): ActorCell | undefined {
    // Nobody adds a child any more when this is asked.
    this.#leaving ??= this.#children === undefined ? [] : [...this.#children];
    while (this.#leaving.at(-1)?.status === "ended") this.#leaving.pop();
    return this.#leaving.at(-1);
  }

  addChild(child: ActorCell): void {
    this.#children ??= new Set();
    this.#children.add(child);
  }

  removeChild(child: ActorCell): void {
    this.#children?.delete(child);
  }

  started(): unknown {
    return (this.#cell.actor as ActorHooks)[started]?.();
  }

  stopping(reason: StopReason): unknown {
    return (this.#cell.actor as ActorHooks | undefined)?.[stopping]?.(reason);
  }

  close(): void {
    if (this.#timers !== undefined) for (const cancel of [...this.#timers]) cancel();
    if (this.#watches !== undefined) for (const watch of this.#watches.values()) watch.end();
  }

  #startTimer(ms: number, run: () => void | Promise<void>, repeats: boolean): () => void {
    const cell = this.#cell;
    if (cell.status === "ended") return () => {};
    let isOver = false;
    let unset = (): void => {};
    const cancel = (): void => {
      isOver = true;
      unset();
      this.#timers?.delete(cancel);
    };
    const fire = (): unknown => {
      if (isOver) return undefined;
      if (repeats) arm();
      else cancel();
      return run();
    };
    const arm = (): void => {
      unset = cell.world.host.setTimer(ms, () => cell.postTurn(fire));
    };
    this.#timers ??= new Set();
    this.#timers.add(cancel);
    arm();
    return cancel;
  }
}

/** Handles of one far actor that came with several messages have a port each. What has a place has one for all its holders. */
function watchKey(to: Port): Port | string {
  return to instanceof ActorCell || "current" in to ? to : addressText(to.address);
}

/** Adds the actor to every line. */
function labelled(logger: Logger, actor: string): Logger {
  return {
    debug: (fields, text) => logger.debug({ actor, ...fields }, text),
    info: (fields, text) => logger.info({ actor, ...fields }, text),
    warn: (fields, text) => logger.warn({ actor, ...fields }, text),
    error: (fields, text) => logger.error({ actor, ...fields }, text),
  };
}
