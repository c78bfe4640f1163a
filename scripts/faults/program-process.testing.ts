// A real process that a test talks to by messages: it obeys commands one by one, tells what happens, and can be killed,
// frozen and thawed. Every wait has a deadline.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** What a process says: an answer to the command of that number, or something that happened. */
export type Said<Event> =
  | { readonly answer: number; readonly value?: unknown; readonly error?: string }
  | { readonly event: Event };

const deadlineMs = 20_000;
/** Of what was not waited for, where something else did not come. */
const toldMax = 50;

/** On the clock that all processes of the machine share, in milliseconds. */
export function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export class ProgramProcess<Command, Event> {
  readonly #child: ChildProcess;
  #number = 0;
  readonly #answers = new Map<number, (said: { value?: unknown; error?: string }) => void>();
  readonly #events: Event[] = [];
  /** Those who wait for something to happen. */
  readonly #waiting = new Set<() => void>();

  /** `within`: the command that starts Node somewhere else than here. */
  constructor(file: string, within: readonly string[] = [], flags: readonly string[] = []) {
    const [execPath = process.execPath, ...before] = within;
    this.#child = fork(file, {
      execPath,
      execArgv: within.length === 0 ? [...flags] : [...before, process.execPath, ...flags],
      env: {},
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.#child.on("message", (said) => this.#hear(said as Said<Event>));
    this.#child.once("exit", () => this.#wake());
  }

  /** Answers what the process makes of the command. */
  async tell(command: Command): Promise<unknown> {
    const number = ++this.#number;
    const said = new Promise<{ value?: unknown; error?: string }>((resolve) => {
      this.#answers.set(number, resolve);
    });
    this.#child.send({ number, command });
    const { value, error } = await within(said, `an answer to ${JSON.stringify(command)}`);
    if (error !== undefined) throw new Error(error);
    return value;
  }

  /** The first event that is one of those that are waited for and that nobody has taken; the others stay. */
  async next<E extends Event>(
    what: string,
    isIt: (event: Event) => event is E,
    waitMs: number = deadlineMs,
  ): Promise<E> {
    const find = async (): Promise<E> => {
      for (;;) {
        const index = this.#events.findIndex(isIt);
        if (index >= 0) return this.#events.splice(index, 1)[0] as E;
        await new Promise<void>((resolve) => {
          this.#waiting.add(resolve);
        });
      }
    };
    return within(
      find(),
      () => `${what}; there came ${JSON.stringify(this.#events.slice(-toldMax))}`,
      waitMs,
    );
  }

  /** What has happened and was not waited for. */
  get untaken(): readonly Event[] {
    return this.#events;
  }

  /** What has happened so far is waited for by nobody. */
  forget(): void {
    this.#events.length = 0;
  }

  freeze(): void {
    this.#child.kill("SIGSTOP");
  }

  thaw(): void {
    this.#child.kill("SIGCONT");
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Waits for its end; answers its exit code, or the signal that ended it. */
  async ended(): Promise<number | string | null> {
    if (this.isAlive) await within(once(this.#child, "exit"), "the process to end");
    return this.#child.exitCode ?? this.#child.signalCode;
  }

  async kill(): Promise<void> {
    if (!this.isAlive) return;
    const isGone = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await within(isGone, "the process to end");
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }

  #hear(said: Said<Event>): void {
    if ("event" in said) {
      this.#events.push(said.event);
      return this.#wake();
    }
    this.#answers.get(said.answer)?.(said);
    this.#answers.delete(said.answer);
  }
}

async function within<T>(
  promise: Promise<T>,
  what: string | (() => string),
  waitMs: number = deadlineMs,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`waited ${waitMs} ms for ${typeof what === "string" ? what : what()}`));
    }, waitMs);
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** In the process: obeys, one command after the other. */
export function obeyParent<Command>(obey: (command: Command) => unknown): void {
  process.on("message", ({ number, command }: { number: number; command: Command }) => {
    Promise.resolve()
      .then(() => obey(command))
      .then(
        (value) => process.send?.({ answer: number, value }),
        (error: Error) => process.send?.({ answer: number, error: error.message }),
      );
  });
  process.once("disconnect", () => process.exit());
}

export function tellParent<Event>(event: Event): void {
  process.send?.({ event });
}
