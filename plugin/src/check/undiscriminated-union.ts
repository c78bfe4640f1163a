// The rule by which the arms of a union of objects are told apart.
import type { Tag } from "@hewn/schema";

export interface Candidate {
  readonly name: string;
  /** The literals and null that the property may have; undefined if it accepts anything else, or may be absent. */
  readonly values: readonly Tag[] | undefined;
  /** Of a property that may be absent: the literals that it has where it is there. */
  readonly whenPresent?: readonly Tag[] | undefined;
}

/**
 * The property that has other literals in each arm: the first declared one, if several qualify, and one that is never
 * null before one that is null in an arm. Undefined if none does.
 */
export function chooseDiscriminant(arms: readonly (readonly Candidate[])[]): string | undefined {
  const isNever = ({ values }: Candidate): boolean => !values?.includes(null);
  return firstDistinct(arms.map((arm) => arm.filter(isNever))) ?? firstDistinct(arms);
}

function firstDistinct(arms: readonly (readonly Candidate[])[]): string | undefined {
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

/** The property that comes closest to telling the arms apart, and what keeps it from it. */
export interface NearMiss {
  readonly name: string;
  /** It repeats a literal, is no literal, or may be absent. */
  readonly is: "repeated" | "open" | "optional";
  /** The literal that {@link arms} share, where one is repeated. */
  readonly value?: Tag;
  /** The positions of the arms in question, in their order. */
  readonly arms: readonly number[];
}

/** Undefined when no property is in all arms and a literal in one of them. */
export function nearMiss(arms: readonly (readonly Candidate[])[]): NearMiss | undefined {
  const names = arms[0]?.map(({ name }) => name) ?? [];
  const misses = names.flatMap((name) => missOf(arms, name) ?? []);
  const [first, ...others] = misses;
  return first && others.reduce((best, miss) => (miss.arms.length < best.arms.length ? miss : best), first);
}

function missOf(arms: readonly (readonly Candidate[])[], name: string): NearMiss | undefined {
  const candidates = arms.map((arm) => arm.find((candidate) => candidate.name === name));
  const values = candidates.map((each) => each?.values ?? each?.whenPresent ?? []);
  const open = positionsOf(values, (own) => own.length === 0);
  if (open.length === arms.length) return undefined;
  if (open.length > 0) return { name, is: "open", arms: open };
  const shared = values.flat().find((value) => values.filter((own) => own.includes(value)).length > 1);
  if (shared !== undefined)
    return { name, is: "repeated", value: shared, arms: positionsOf(values, (own) => own.includes(shared)) };
  const optional = positionsOf(candidates, (each) => each?.values === undefined);
  return optional.length > 0 ? { name, is: "optional", arms: optional } : undefined;
}

function positionsOf<T>(all: readonly T[], is: (each: T) => boolean): readonly number[] {
  return all.flatMap((each, index) => (is(each) ? [index] : []));
}
