// Rule: what was meant for one process never comes to another one, also not to the next one at the same address.

import type { Checker, Observation } from "../observation.ts";

export class RightInstance implements Checker {
  readonly name = "right-instance";

  observe(observation: Observation): string | undefined {
    if (observation.kind !== "delivered" || observation.at === observation.to) return undefined;
    const { at, from, to, pair, sequence } = observation;
    return `message ${sequence} of pair ${pair} from ${from} was meant for ${to} and came to ${at}`;
  }

  finish(): readonly string[] {
    return [];
  }
}
