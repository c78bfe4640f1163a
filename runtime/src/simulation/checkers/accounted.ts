// Rule: every message that was accepted is delivered, or its sender is told: that it is lost, or that nobody can know.
// Of a sender that died nobody is told anything.

import type { Checker, Observation } from "../observation.ts";

interface Account {
  accepted: number;
  delivered: number;
  lost: number;
  unknown: number;
}

export class Accounted implements Checker {
  readonly name = "accounted";
  readonly #accounts = new Map<string, Account>();
  readonly #dead = new Set<string>();
  readonly #except: ReadonlySet<number>;

  /** @param except pairs whose messages nobody promises to account for */
  constructor(except: readonly number[] = []) {
    this.#except = new Set(except);
  }

  observe(observation: Observation): string | undefined {
    switch (observation.kind) {
      case "died":
        this.#dead.add(observation.process);
        return undefined;
      case "accepted":
        if (!this.#except.has(observation.pair)) this.#account(observation).accepted++;
        return undefined;
      case "delivered":
        return this.#except.has(observation.pair) ? undefined : this.#delivered(observation);
      case "lost":
      case "unknown":
        this.#account(observation)[observation.kind] += observation.messages;
        return undefined;
      default:
        return undefined;
    }
  }

  finish(): readonly string[] {
    return [...this.#accounts].flatMap(([key, account]) => {
      if (this.#dead.has(key.split(" ")[0] ?? "")) return [];
      const { accepted, delivered, lost, unknown } = account;
      if (delivered + lost + unknown < accepted) return [`${key}: messages are missing: ${textOf(account)}`];
      if (delivered + lost > accepted) return [`${key}: messages called lost arrived: ${textOf(account)}`];
      if (lost + unknown > accepted) return [`${key}: more was reported than sent: ${textOf(account)}`];
      return [];
    });
  }

  #delivered(observation: { readonly from: string; readonly to: string }): string | undefined {
    const account = this.#account(observation);
    account.delivered++;
    if (account.delivered <= account.accepted) return undefined;
    return `${observation.from} to ${observation.to}: more was delivered than sent: ${textOf(account)}`;
  }

  #account({ from, to }: { readonly from: string; readonly to: string }): Account {
    const key = `${from} to ${to}`;
    const known = this.#accounts.get(key);
    if (known !== undefined) return known;
    const account: Account = { accepted: 0, delivered: 0, lost: 0, unknown: 0 };
    this.#accounts.set(key, account);
    return account;
  }
}

function textOf({ accepted, delivered, lost, unknown }: Account): string {
  return `${accepted} accepted, ${delivered} delivered, ${lost} lost, ${unknown} unknown`;
}
