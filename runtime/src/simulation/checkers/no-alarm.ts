// Rule: once everything is well, nobody says of anybody that it is not; and what happens then to one of them the others notice.

import type { Checker, Observation } from "../observation.ts";

export class NoAlarm implements Checker {
  readonly name = "no-alarm";
  readonly #noticedAs: Readonly<Record<string, readonly string[]>>;
  /** The processes that live, and their names among members. */
  readonly #names = new Map<string, string>();
  readonly #statuses = new Map<string, string>();
  #isWell = false;
  #last: { readonly name: string; readonly fault: string } | undefined;

  /** @param noticedAs what is to be said in the end of whom the last fault happens to, by the fault */
  constructor(noticedAs: Readonly<Record<string, readonly string[]>>) {
    this.#noticedAs = noticedAs;
  }

  observe(observation: Observation): string | undefined {
    switch (observation.kind) {
      case "named":
        this.#names.set(observation.process, observation.name);
        return undefined;
      case "died":
      case "left":
        this.#names.delete(observation.process);
        return undefined;
      case "well":
        this.#isWell = true;
        return undefined;
      case "lastFault":
        return this.#begin(observation.process, observation.fault);
      case "says":
        return this.#said(observation);
      default:
        return undefined;
    }
  }

  finish(): readonly string[] {
    if (this.#last === undefined) return [];
    const { name, fault } = this.#last;
    const expected = this.#noticedAs[fault] ?? [];
    return [...this.#names.keys()].flatMap((at) => {
      const status = this.#statuses.get(`${at} ${name}`) ?? "nothing";
      return expected.includes(status) ? [] : [`${at} says that ${name} is ${status}, after ${fault}`];
    });
  }

  /** Who it happens to says nothing that counts. */
  #begin(process: string, fault: string): undefined {
    const name = this.#names.get(process);
    this.#names.delete(process);
    if (name !== undefined) this.#last = { name, fault };
    return undefined;
  }

  #said({ at, about, status }: Extract<Observation, { readonly kind: "says" }>): string | undefined {
    this.#statuses.set(`${at} ${about}`, status);
    const isExpected = status === "alive" || about === this.#last?.name || !this.#names.has(at);
    return this.#isWell && !isExpected
      ? `${at} says that ${about} is ${status}, when all was well`
      : undefined;
  }
}
