// Rule: what a process says of a member only goes forward: incarnations rise, and what is final stays so.

import type { Checker, Observation } from "../observation.ts";

const final: ReadonlySet<string> = new Set(["removed", "dead", "left"]);

export class Forward implements Checker {
  readonly name = "forward";
  readonly #said = new Map<string, { readonly status: string; readonly incarnation: number }>();

  observe(observation: Observation): string | undefined {
    if (observation.kind !== "says") return undefined;
    const { at, about, status, incarnation } = observation;
    const key = `${at} ${about}`;
    const last = this.#said.get(key);
    this.#said.set(key, { status, incarnation });
    if (last === undefined) return undefined;
    if (incarnation < last.incarnation) {
      return `${at}: the incarnation of ${about} went back from ${last.incarnation} to ${incarnation}`;
    }
    if (!final.has(last.status) || final.has(status)) return undefined;
    return `${at}: ${about} was ${last.status}, and is ${status}`;
  }

  finish(): readonly string[] {
    return [];
  }
}
