// The start of a supervisor's child on another node.

import { failureOf } from "../actors/failure.ts";
import type { Failure, Outcome, RefIdentity } from "../actors/index.ts";
import type { ActorChild, ChildStart, Start, Starter } from "../supervision/index.ts";
import { formatNodeId, type NodeId } from "../transport/index.ts";
import type { FarChild, FarChildren } from "./far-children.ts";

/** Asks the other node for the child. */
export type SpawnChild = (
  at: NodeId,
  child: ActorChild,
  start: Start,
  as: FarChild,
) => Promise<Outcome<RefIdentity>>;

export class FarStart implements ChildStart {
  readonly node: string;
  ref: RefIdentity | undefined;
  readonly #children: FarChildren;
  readonly #as: FarChild;

  constructor(
    at: NodeId,
    children: FarChildren,
    spawn: SpawnChild,
    child: ActorChild,
    start: Start,
    by: Starter,
  ) {
    this.node = formatNodeId(at);
    this.#children = children;
    this.#as = children.begin(start, by);
    spawn(at, child, start, this.#as).then(
      (outcome) => this.#settled(outcome, () => by.started(start)),
      (error) => this.#settled({ status: "failed", error: failureOf(error) }, () => {}),
    );
  }

  stop(withinMs: number): void {
    this.#children.stop(this.#as.number, withinMs);
  }

  /** Its lease, or the word of its node, ends it; a supervisor waits longer than either takes. */
  abandon(): void {}

  #settled(outcome: Outcome<RefIdentity>, started: () => void): void {
    if (outcome.status === "ok") {
      this.ref = outcome.value;
      started();
    } else if (outcome.status === "unknown") this.#children.doubt(this.#as);
    else if (outcome.status === "rejected" && outcome.reason === "leaving") {
      // It may have said so to nobody here yet: the next start is to be elsewhere, and costs nothing.
      this.#children.leaving();
      this.#children.ended(this.#as, { reason: "nodeLeft" });
    } else this.#children.ended(this.#as, { reason: "crashed", error: errorOf(outcome) });
  }
}

function errorOf(outcome: Exclude<Outcome<never>, { status: "ok" | "unknown" }>): Failure {
  if (outcome.status === "failed") return outcome.error;
  return { name: `${outcome.status}: ${outcome.reason}`, message: outcome.text };
}
