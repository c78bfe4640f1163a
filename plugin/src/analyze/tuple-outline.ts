// How many elements a tuple may have, before they are lowered.
import type { Tuple, Type } from "@hewn/schema";
import type ts from "typescript";
import type { Compiler } from "./compiler.ts";

const nothing: Type = { kind: "null" };

/** A tuple of the same lengths. */
export function tupleOutline({ ts }: Compiler, { target: { elementFlags } }: ts.TupleTypeReference): Tuple {
  const { Required, Variable } = ts.ElementFlags;
  const fixed = elementFlags.filter((flags) => !(flags & Variable));
  const required = fixed.filter((flags) => flags & Required).length;
  const rest = fixed.length < elementFlags.length ? { rest: nothing } : {};
  return { kind: "tuple", elements: fixed.map(() => nothing), required, ...rest };
}
