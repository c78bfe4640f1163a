// What a checker says of a trace, for tests.

import type { Checker, Observation } from "../observation.ts";

/** Everything that a checker says. */
export function verdicts(checker: Checker, observations: readonly Observation[]): readonly string[] {
  const during = observations.map((each) => checker.observe(each)).filter((text) => text !== undefined);
  return [...during, ...checker.finish()];
}
