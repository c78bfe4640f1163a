// An actor that computes in its handler for as long as it is told: nothing else of its process's main loop runs meanwhile.
import type { ActorContext, u32 } from "@hewn/runtime";

/**
 * @actor
 */
export class Blocker {
  /** Given by a class of its own, in the program that runs it. */
  protected readonly tell: (line: string) => void = () => {};
  readonly #context: ActorContext<Blocker>;

  constructor(context: ActorContext<Blocker>) {
    this.#context = context;
  }

  /** Answers its generation. */
  block(ms: u32): u32 {
    const { generation } = this.#context;
    this.tell(`generation ${generation} begins ${ms}`);
    const end = performance.now() + ms;
    while (performance.now() < end);
    this.tell(`generation ${generation} ends ${ms}`);
    return generation;
  }
}
