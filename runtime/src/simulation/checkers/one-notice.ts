// Rule: who watches an actor is told of its end exactly once, behind the last message that comes of it, and with a reason
// that is so; of one that lives nobody is told, unless its node could not be reached or goes by another name now.

import type { Checker, Observation } from "../observation.ts";

type Noticed = Extract<Observation, { readonly kind: "noticed" }>;

interface Actor {
  readonly process: string;
  hasEnded: boolean;
}

interface Watch {
  readonly by: string;
  readonly of: string;
  /** The incarnation of the watcher's node: another one has been told that nobody can be reached. */
  readonly rebirths: number;
  isOver: boolean;
  reason: string | undefined;
}

/** After these nothing more comes of the actor: after others it may live. */
const isFinal = (reason: string): boolean => reason === "exited" || reason === "crashed";

export class OneNotice implements Checker {
  readonly name = "one-notice";
  readonly #actors = new Map<string, Actor>();
  readonly #gone = new Set<string>();
  /** How often each process got another name among members. */
  readonly #rebirths = new Map<string, number>();
  readonly #watches = new Map<string, Watch>();
  /** Whom nobody will hear of again, by who watched and who was watched. */
  readonly #silent = new Map<string, string>();
  #isWell = false;
  #last = "";

  observe(observation: Observation): string | undefined {
    switch (observation.kind) {
      case "actorStarted":
        this.#actors.set(observation.actor, { process: observation.at, hasEnded: false });
        return undefined;
      case "actorEnded":
        return this.#ended(observation.actor);
      case "died":
      case "left":
        this.#gone.add(observation.process);
        return undefined;
      case "named":
        this.#rebirths.set(observation.process, (this.#rebirths.get(observation.process) ?? -1) + 1);
        return undefined;
      case "watched":
        return this.#begin(observation);
      case "unwatched":
        this.#end(observation.watch);
        return undefined;
      case "noticed":
        return this.#noticed(observation);
      case "delivered":
        return this.#heard(observation.at, observation.from);
      case "well":
        this.#isWell = true;
        return undefined;
      case "lastFault":
        this.#last = observation.process;
        return undefined;
      default:
        return undefined;
    }
  }

  /** By now everybody knows of everybody who is gone. */
  finish(): readonly string[] {
    return [...this.#watches.values()].flatMap((watch) => {
      const { by, of, reason } = watch;
      if (reason === "nodeDied" && !this.#mayBeDead(of))
        return [`${by} was told that the node of ${of} died, and it lives`];
      return reason === undefined && this.#isOwed(watch) ? [`${by} was never told that ${of} is gone`] : [];
    });
  }

  #begin({ watch, by, of }: Extract<Observation, { readonly kind: "watched" }>): undefined {
    this.#silent.delete(`${by} ${of}`);
    this.#watches.set(watch, { by, of, rebirths: this.#rebirthsOf(by), isOver: false, reason: undefined });
    return undefined;
  }

  #ended(actor: string): undefined {
    const entry = this.#actors.get(actor);
    if (entry !== undefined) entry.hasEnded = true;
    return undefined;
  }

  #end(name: string): void {
    const watch = this.#watches.get(name);
    if (watch !== undefined) watch.isOver = true;
  }

  #noticed({ watch: name, reason }: Noticed): string | undefined {
    const watch = this.#watches.get(name);
    if (watch === undefined) return `'${name}' was told ${reason}, which is no watch`;
    const { by, of } = watch;
    if (watch.reason !== undefined)
      return `${by} was told ${watch.reason} of ${of}, and then ${reason} again`;
    if (watch.isOver) return `${by} was told ${reason} of ${of}, which it watched no longer`;
    watch.reason = reason;
    if (isFinal(reason)) this.#silent.set(`${by} ${of}`, reason);
    return this.#isFalse(watch) ? `${by} was told ${reason} of ${of}, which lives` : undefined;
  }

  #heard(at: string, from: string): string | undefined {
    const reason = this.#silent.get(`${at} ${from}`);
    return reason === undefined ? undefined : `${at} was told ${reason} of ${from}, and then heard of it`;
  }

  #isFalse({ of, by, reason = "" }: Watch): boolean {
    const actor = this.#actors.get(of);
    if (actor === undefined || this.#isGone(of)) return false;
    if (isFinal(reason) || reason === "neverExisted") return true;
    const processes = [actor.process, this.#actors.get(by)?.process];
    return this.#isWell && reason === "unreachable" && !processes.includes(this.#last);
  }

  #isOwed({ by, of, isOver, rebirths }: Watch): boolean {
    if (isOver || this.#isGone(by) || this.#actors.get(by)?.process === this.#last) return false;
    return this.#isGone(of) || (this.#rebirthsOf(by) > rebirths && this.#areApart(by, of));
  }

  #areApart(by: string, of: string): boolean {
    return this.#actors.get(by)?.process !== this.#actors.get(of)?.process;
  }

  #isGone(name: string): boolean {
    const actor = this.#actors.get(name);
    return actor?.hasEnded === true || (actor !== undefined && this.#gone.has(actor.process));
  }

  #mayBeDead(name: string): boolean {
    const process = this.#actors.get(name)?.process ?? "";
    return this.#gone.has(process) || this.#last === process || this.#rebirthsOf(name) > 0;
  }

  #rebirthsOf(actor: string): number {
    return this.#rebirths.get(this.#actors.get(actor)?.process ?? "") ?? 0;
  }
}
