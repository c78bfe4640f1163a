// Makes an input that fails smaller, as long as it fails in the same way and time is left.
import fc from "fast-check";
import { valuesOf } from "../../plugin/src/property/shape-values.testing.ts";
import type { Subject } from "./subject.ts";

const shrinkMs = 4000;

/** Takes out ever smaller runs of parts, then tries a plainer part in each place. */
function smallestList<T>(
  input: readonly T[],
  fails: (list: readonly T[]) => boolean,
  plain: T,
): readonly T[] {
  const deadline = performance.now() + shrinkMs;
  let least = input;
  for (let size = least.length; size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < least.length && performance.now() < deadline; ) {
      const less = [...least.slice(0, at), ...least.slice(at + size)];
      if (fails(less)) least = less;
      else at += size;
    }
  }
  for (let at = 0; at < least.length && performance.now() < deadline; at++) {
    if (least[at] === plain) continue;
    const plainer = least.with(at, plain);
    if (fails(plainer)) least = plainer;
  }
  return least;
}

export function smallestBytes(input: Uint8Array, fails: (bytes: Uint8Array) => boolean): Uint8Array {
  return new Uint8Array(smallestList([...input], (list) => fails(new Uint8Array(list)), 0));
}

export function smallestText(input: string, fails: (text: string) => boolean): string {
  return smallestList(input.split(""), (list) => fails(list.join("")), "0").join("");
}

/** Values are not taken apart but made anew: the generator knows what is small. */
export function smallestValue(value: unknown, fails: (value: unknown) => boolean, subject: Subject): unknown {
  const search = fc.check(
    fc.property(valuesOf(subject.named.shape), (other) => !fails(other)),
    { seed: 1, numRuns: 300, interruptAfterTimeLimit: shrinkMs },
  );
  return search.failed && search.counterexample ? search.counterexample[0] : value;
}
