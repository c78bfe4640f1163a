// A problem as a tagged type reaches it.
import type ts from "typescript";
import type { Entity, Problem, Step } from "./entity.ts";

export interface Finding {
  readonly problem: Problem;
  /** The type in whose declaration the problem stands. */
  readonly owner: Entity;
  /** From the tagged type. */
  readonly steps: readonly Step[];
  /** From the offending type outwards. */
  readonly written: readonly ts.TypeNode[];
}
