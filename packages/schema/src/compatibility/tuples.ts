// Which elements of a writer's tuples a reader takes for which of its own.
import type { CanonicalTuple, NodeIndex } from "../canonical-type.ts";
import { tupleLengths, tuplePartAt, tupleParts } from "../tuple.ts";
import type { Incompatibility } from "./incompatibility.ts";

/** Why the reader does not take every length that the writer sends. */
export function tupleLengthFinding(
  from: CanonicalTuple,
  to: CanonicalTuple,
): Pick<Incompatibility, "rule" | "message"> | undefined {
  const [sent, taken] = [tupleLengths(from), tupleLengths(to)];
  if (sent.least >= taken.least && sent.most <= taken.most) return undefined;
  const message = `the writer sends ${lengthText(from)} elements, the reader takes ${lengthText(to)}`;
  return { rule: "tuple-length", message };
}

function lengthText(tuple: CanonicalTuple): string {
  const { least, most } = tupleLengths(tuple);
  const trailing = tuple.trailing?.length ?? 0;
  const ends = trailing > 0 ? ` (${trailing} of them at the end)` : "";
  return `${least} ${most === Number.POSITIVE_INFINITY ? "or more" : `to ${most}`}${ends}`;
}

type Pair = readonly [step: string, sent: NodeIndex, taken: NodeIndex];

/** The elements that may stand at the same place, each pair once. */
export function tuplePairs(from: CanonicalTuple, to: CanonicalTuple): readonly Pair[] {
  const pairs = new Map<string, Pair>();
  for (const n of lengthsOf(from, to)) {
    for (let i = 0; i < n; i++) {
      const [sent, taken] = [tuplePartAt(from, i, n), tuplePartAt(to, i, n)];
      if (sent === undefined || taken === undefined) continue;
      const step = stepAt(from, i, n);
      pairs.set(`${step} ${sent} ${taken}`, [step, sent, taken]);
    }
  }
  return [...pairs.values()];
}

/** Lengths that show every pair: with a rest, up to one at which both rests meet and both ends are apart. */
function lengthsOf(from: CanonicalTuple, to: CanonicalTuple): readonly number[] {
  const { least, most } = tupleLengths(from);
  const last = Math.min(most, tupleParts(from).length + tupleParts(to).length + 1);
  return Array.from({ length: last - least + 1 }, (_, more) => least + more);
}

function stepAt({ elements, rest, trailing = [] }: CanonicalTuple, i: number, n: number): string {
  if (i < elements.length || rest === undefined) return `[${i}]`;
  return i < n - trailing.length ? "[...]" : `[${i - n}]`;
}
