// Rule: once everything is well, all processes that live know the same names and groups, none of a member that is gone; and
// whoever has given a name away and was not told otherwise is right: its actor has it.

import type { Checker, Observation } from "../observation.ts";

type Directory = Extract<Observation, { readonly kind: "directory" }>;
type Registered = Extract<Observation, { readonly kind: "registered" }>;

export class SameNames implements Checker {
  readonly name = "same-names";
  /** The processes that live, and their names among members. */
  readonly #members = new Map<string, string>();
  /** Processes that were born again, of which what they have registered has other addresses. */
  readonly #reborn = new Set<string>();
  readonly #ended = new Set<string>();
  readonly #directories = new Map<string, Directory>();
  /** By process and name. */
  readonly #claims = new Map<string, Registered>();
  /** It may be alive, although it is gone: what is said of it stays. */
  #last = "";

  observe(observation: Observation): string | undefined {
    switch (observation.kind) {
      case "named":
        if (this.#members.has(observation.process)) this.#reborn.add(observation.process);
        this.#members.set(observation.process, observation.name);
        return undefined;
      case "died":
      case "left":
        this.#members.delete(observation.process);
        return undefined;
      case "actorEnded":
        this.#ended.add(observation.actor);
        return undefined;
      case "registered":
        this.#claims.set(`${observation.at} ${observation.name}`, observation);
        return undefined;
      case "withdrawn":
        this.#claims.delete(`${observation.at} ${observation.name}`);
        return undefined;
      case "directory":
        this.#directories.set(observation.at, observation);
        return undefined;
      case "lastFault":
        this.#last = this.#members.get(observation.process) ?? "";
        this.#members.delete(observation.process);
        return undefined;
      case "well":
        return this.#wrong();
      default:
        return undefined;
    }
  }

  finish(): readonly string[] {
    const wrong = this.#wrong();
    return wrong === undefined ? [] : [wrong];
  }

  #wrong(): string | undefined {
    const known = [...this.#members.keys()].flatMap((process) => this.#directories.get(process) ?? []);
    const [first, ...others] = known;
    if (first === undefined) return undefined;
    const other = others.find((each) => textOf(each) !== textOf(first));
    if (other !== undefined) return `${first.at} knows ${textOf(first)}, and ${other.at} ${textOf(other)}`;
    return this.#ghost(first) ?? this.#usurped(first);
  }

  #ghost({ at, entries }: Directory): string | undefined {
    const living = new Set([...this.#members.values(), this.#last]);
    for (const [key, addresses] of entries) {
      const ghost = addresses.find((address) => !living.has(address.split("/")[0] ?? ""));
      if (ghost !== undefined) return `${at} knows ${ghost} as ${key}, whose member is gone`;
    }
    return undefined;
  }

  #usurped({ entries }: Directory): string | undefined {
    const holders = new Map(entries.map(([key, [holder]]) => [key, holder]));
    for (const { at, name, actor, address } of this.#claims.values()) {
      const isMember = [...this.#members.values()].includes(address.split("/")[0] ?? "");
      const isOver = !this.#members.has(at) || this.#reborn.has(at) || this.#ended.has(actor) || !isMember;
      const holder = holders.get(name) ?? "nobody";
      if (!isOver && holder !== address)
        return `${at} was not told that ${name} is not ${address} but ${holder}`;
    }
    return undefined;
  }
}

function textOf({ entries }: Directory): string {
  return entries.map(([key, addresses]) => `${key}: ${addresses.join(" ")}`).join(", ");
}
