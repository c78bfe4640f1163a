// The rule by which the arms of a union of objects are told apart.
import type { Literal } from "@hewn/schema";

export interface Candidate {
  readonly name: string;
  /** The literals that the property may have; undefined if it accepts anything else, or may be absent. */
  readonly values: readonly Literal[] | undefined;
}

/**
 * The property that has other literals in each arm: the first declared one, if several qualify. Undefined if none
 * does.
 */
export function chooseDiscriminant(arms: readonly (readonly Candidate[])[]): string | undefined {
  const [first, ...others] = arms;
  return first?.find(({ name, values }) => {
    const seen = new Set(values);
    if (!values || seen.size === 0) return false;
    return others.every((arm) => {
      const own = arm.find((candidate) => candidate.name === name)?.values;
      if (!own || own.length === 0 || own.some((value) => seen.has(value))) return false;
      for (const value of own) seen.add(value);
      return true;
    });
  })?.name;
}
