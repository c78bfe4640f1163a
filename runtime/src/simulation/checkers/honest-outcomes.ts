// Rule: each ask ends once, in its time, and what it says of the handler is so: after `ok` and `failed` one has begun with
// it, after `rejected` and `notSent` none has and none will. None begins twice, nor with what was meant for another one.

import type { Checker, Observation } from "../observation.ts";

type Of<K extends Observation["kind"]> = Extract<Observation, { readonly kind: K }>;

interface Question {
  readonly by: string;
  readonly of: string;
  readonly withinMs: number;
  readonly atMs: number;
  hasBegun: boolean;
  /** Its asker's process was held up while it waited. */
  isExcused: boolean;
  status: string | undefined;
}

/** The step of deadlines, and turns of others. */
const lateMsMax = 100;

export class HonestOutcomes implements Checker {
  readonly name = "honest-outcomes";
  readonly #questions = new Map<string, Question>();
  readonly #processes = new Map<string, string>();
  readonly #gone = new Set<string>();
  readonly #open = new Set<Question>();
  readonly #clockDrift: number;
  #last = "";

  /** `clockDrift`: by what part the clocks of the simulated machines are off at most. */
  constructor(clockDrift = 0.01) {
    this.#clockDrift = clockDrift;
  }

  observe(observation: Observation): string | undefined {
    switch (observation.kind) {
      case "actorStarted":
        this.#processes.set(observation.actor, observation.at);
        return undefined;
      case "died":
      case "left":
        this.#gone.add(observation.process);
        return undefined;
      case "stoodStill":
        return this.#excuse(observation.process);
      case "lastFault":
        this.#last = observation.process;
        return undefined;
      case "asked":
        return this.#asked(observation);
      case "began":
        return this.#began(observation);
      case "answered":
        return this.#answered(observation);
      default:
        return undefined;
    }
  }

  finish(): readonly string[] {
    return [...this.#questions].flatMap(([name, { by, status }]) => {
      const process = this.#processes.get(by) ?? "";
      const isOwed = status === undefined && process !== this.#last && !this.#gone.has(process);
      return isOwed ? [`${name} has never ended`] : [];
    });
  }

  #asked({ question: name, by, of, withinMs, atMs }: Of<"asked">): undefined {
    const question = { by, of, withinMs, atMs, hasBegun: false, isExcused: false, status: undefined };
    this.#questions.set(name, question);
    this.#open.add(question);
    return undefined;
  }

  #excuse(process: string): undefined {
    for (const question of this.#open) {
      if (this.#processes.get(question.by) === process) question.isExcused = true;
    }
    return undefined;
  }

  #began({ question: name, of, at }: Of<"began">): string | undefined {
    const question = this.#questions.get(name);
    if (question === undefined) return `${at} began with ${name}, which nobody asked`;
    if (question.of !== of) return `${name} came to ${at}`;
    if (question.hasBegun) return `${at} began with ${name} again`;
    question.hasBegun = true;
    return isRefusal(question.status) ? `${name} was ${question.status}, and ${at} began with it` : undefined;
  }

  #answered({ question: name, status, reason, atMs }: Of<"answered">): string | undefined {
    const question = this.#questions.get(name);
    if (question === undefined) return `${name} has ended, and nobody asked it`;
    if (question.status !== undefined) return `${name} was ${question.status}, and then ${status}`;
    question.status = status;
    this.#open.delete(question);
    if (isRefusal(status) && question.hasBegun)
      return `${name} is ${status}: ${reason}, and a handler began with it`;
    if (needsHandler(status) && !question.hasBegun)
      return `${name} is ${status}, and no handler began with it`;
    if (status === "ok" && reason !== name) return `${name} was answered what was not asked: ${reason}`;
    return this.#untimely(name, question, `${status}: ${reason}`, atMs - question.atMs);
  }

  #untimely(name: string, question: Question, outcome: string, tookMs: number): string | undefined {
    const { withinMs, isExcused } = question;
    const isOver = outcome === "notSent: expired" || outcome === "unknown: timeout";
    if (isOver && tookMs < withinMs / (1 + this.#clockDrift))
      return `${name} is ${outcome} after ${tookMs} of ${withinMs} ms`;
    if (isExcused || tookMs <= withinMs / (1 - this.#clockDrift) + lateMsMax) return undefined;
    return `${name} took ${tookMs} ms, and had ${withinMs}`;
  }
}

function isRefusal(status: string | undefined): boolean {
  return status === "rejected" || status === "notSent";
}

function needsHandler(status: string): boolean {
  return status === "ok" || status === "failed";
}
