// A promise of an outcome that its maker settles: what replies are. It is never rejected.
import { type Outcome, OutcomeError } from "./outcome.ts";

type Settle = (outcome: Outcome<unknown>) => void;

let taken: Settle;
const take = (resolve: Settle): void => {
  taken = resolve;
};

export abstract class OutcomePromise extends Promise<Outcome<unknown>> {
  outcome: Outcome<unknown> | undefined = undefined;
  readonly #resolve: Settle;
  /** Who else is told the outcome, at once. */
  #told: Settle | undefined = undefined;

  constructor() {
    super(take);
    this.#resolve = taken;
  }

  /** Has `run` told the outcome as soon as there is one, or now. */
  onOutcome(run: Settle): void {
    if (this.outcome !== undefined) {
      run(this.outcome);
      return;
    }
    const earlier = this.#told;
    this.#told =
      earlier === undefined
        ? run
        : (outcome) => {
            earlier(outcome);
            run(outcome);
          };
  }

  /** The value alone. */
  orThrow(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.onOutcome((outcome) =>
        outcome.status === "ok" ? resolve(outcome.value) : reject(new OutcomeError(outcome)),
      );
    });
  }

  /** To be called once, with `outcome` set. */
  protected fulfil(outcome: Outcome<unknown>): void {
    this.#resolve(outcome);
    const told = this.#told;
    if (told === undefined) return;
    this.#told = undefined;
    told(outcome);
  }
}

/**
 * To be called for each class of promises: with the constructor of native ones, awaiting takes no detour over `then`, and
 * `then` makes native ones.
 */
export function awaitedAsNative(prototype: OutcomePromise): void {
  Object.defineProperty(prototype, "constructor", { value: Promise });
}
