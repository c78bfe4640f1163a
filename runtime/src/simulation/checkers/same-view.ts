// Rule: once everything must be well, all processes that live say the same of all members, and that exactly those are alive
// who are.

import type { Checker, Observation } from "../observation.ts";

type View = Extract<Observation, { readonly kind: "view" }>;

export class SameView implements Checker {
  readonly name = "same-view";
  /** The processes that live, and their names among members. */
  readonly #names = new Map<string, string>();
  readonly #views = new Map<string, View>();

  observe(observation: Observation): string | undefined {
    if (observation.kind === "named") this.#names.set(observation.process, observation.name);
    if (observation.kind === "died" || observation.kind === "left") this.#names.delete(observation.process);
    if (observation.kind === "view") this.#views.set(observation.at, observation);
    return observation.kind === "well" ? this.#difference() : undefined;
  }

  finish(): readonly string[] {
    return [];
  }

  #difference(): string | undefined {
    const living = [...this.#names.values()].sort().join(" ");
    const views = [...this.#names.keys()].map((process) => this.#views.get(process));
    for (const view of views) {
      if (view === undefined || [...view.alive].sort().join(" ") === living) continue;
      return `${view.at} says that ${view.alive.join(" ")} are alive, and ${living} are`;
    }
    const [first, ...others] = views;
    const other = others.find((view) => view?.text !== first?.text);
    return other && `${first?.at} says\n${first?.text}\nand ${other.at}\n${other.text}`;
  }
}
