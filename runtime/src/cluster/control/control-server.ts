// Answers what peers ask about a node. What peers say here is bounded and can be refused; whether one may also command
// is decided by whoever knows its connection.

import { seedsMax } from "../../membership/limits.ts";
import type { Peer } from "../../transport/index.ts";
import { controlReplies } from "./control-types.ts";
import type { ControlledNode } from "./controlled-node.ts";
import { findMember } from "./find-member.ts";
import type { Forest } from "./forest.ts";
import { requestsMax, wordLengthMax } from "./limits.ts";
import type {
  ControlReply,
  ControlRequest,
  DrainRequest,
  EventReport,
  JoinRequest,
  LeaveRequest,
  RefusedCode,
  WhyRequest,
} from "./messages.ts";

/** Who asks. */
export type Asker = Pick<Peer, "send" | "ready" | "closed">;

/** Totals since the start. */
export interface ControlCounters {
  asked: number;
  refused: number;
}

export class ControlServer {
  readonly counters: ControlCounters = { asked: 0, refused: 0 };

  readonly #node: ControlledNode;
  readonly #running = new Map<Asker, number>();
  readonly #answers = new Set<Promise<void>>();

  constructor(node: ControlledNode) {
    this.#node = node;
  }

  /** @param mayCommand whether it may have the node leave, or join others */
  asked(request: ControlRequest, asker: Asker, mayCommand: boolean): void {
    this.counters.asked++;
    const running = this.#running.get(asker) ?? 0;
    if (running >= requestsMax) return this.#refuseMore(asker, request.number);
    this.#running.set(asker, running + 1);
    const answer = this.#answer(request, asker, mayCommand).finally(() => {
      this.#answers.delete(answer);
      const left = this.#running.get(asker)! - 1;
      if (left === 0) this.#running.delete(asker);
      else this.#running.set(asker, left);
    });
    if (request.kind !== "watch" && request.kind !== "leave") this.#answers.add(answer);
  }

  /**
   * Fulfilled when all that is being answered now is, but for watches, which end with their connections, and for who has the
   * node leave, whom the end of the connection tells that it has.
   */
  async settled(): Promise<void> {
    await Promise.all(this.#answers);
  }

  async #answer(request: ControlRequest, asker: Asker, mayCommand: boolean): Promise<void> {
    switch (request.kind) {
      case "node":
        await this.#introduce(request.number, asker);
        return this.#done(request.number, asker);
      case "members":
        return this.#members(request.number, asker);
      case "why":
        return this.#why(request, asker);
      case "watch":
        return this.#watch(request.number, asker);
      case "join":
        return mayCommand ? this.#join(request, asker) : this.#forbid(asker, request.number);
      case "leave":
        return mayCommand ? this.#leave(request, asker) : this.#forbid(asker, request.number);
      case "drain":
        return mayCommand ? this.#drain(request, asker) : this.#forbid(asker, request.number);
      case "tree":
        await this.#introduce(request.number, asker);
        return this.#forests(request.number, await this.#node.tree(), asker);
      case "forest":
        return this.#forests(request.number, [this.#node.forest()], asker);
      default:
        return request satisfies never;
    }
  }

  #introduce(number: number, asker: Asker): Promise<boolean> {
    const { self } = this.#node;
    const name = this.#node.members().find(({ isSelf }) => isSelf)?.name ?? "";
    return tell(asker, { kind: "node", number, node: self, name });
  }

  async #done(number: number, asker: Asker): Promise<void> {
    await tell(asker, { kind: "done", number });
  }

  async #members(number: number, asker: Asker): Promise<void> {
    if (!(await this.#introduce(number, asker))) return;
    for (const member of this.#node.members()) {
      if (!(await tell(asker, { kind: "member", number, member }))) return;
    }
    await tell(asker, { kind: "counters", number, counters: this.#node.counters() });
    return this.#done(number, asker);
  }

  async #forests(number: number, forests: readonly Forest[], asker: Asker): Promise<void> {
    for (const { forest, entries } of forests) {
      if (!(await tell(asker, { kind: "forest", number, forest }))) return;
      for (const entry of entries) if (!(await tell(asker, { kind: "supervised", number, entry }))) return;
    }
    return this.#done(number, asker);
  }

  async #why({ number, member: text }: WhyRequest, asker: Asker): Promise<void> {
    const found = findMember(this.#node.members(), text);
    if ("code" in found) return this.#refuse(asker, number, found.code, found.text);
    await this.#introduce(number, asker);
    for (const member of found.starts) {
      await tell(asker, { kind: "member", number, member });
      for (const entry of this.#node.why(member.node)) await tell(asker, { kind: "trail", number, entry });
    }
    return this.#done(number, asker);
  }

  /** What cannot be sent is not kept here: the asker is told how much it missed. */
  async #watch(number: number, asker: Asker): Promise<void> {
    let missed = 0;
    const send = (event: EventReport) => sendNow(asker, { kind: "event", number, event });
    const catchUp = () => {
      if (missed > 0 && send({ kind: "missed", count: missed })) missed = 0;
      return missed === 0;
    };
    const stop = this.#node.on((event) => {
      if (catchUp() && send(event)) return;
      if (missed++ === 0) void asker.ready().then(catchUp);
    });
    await asker.closed;
    stop();
  }

  async #join({ number, seeds }: JoinRequest, asker: Asker): Promise<void> {
    const isBounded = seeds.length <= seedsMax && seeds.every(({ length }) => length <= wordLengthMax);
    if (!isBounded) {
      const text = `No more than ${seedsMax} seeds, each of up to ${wordLengthMax} characters, can be joined by.`;
      return this.#refuse(asker, number, "badSeeds", text);
    }
    try {
      await this.#node.join(seeds);
    } catch (error) {
      return this.#refuse(asker, number, "badSeeds", sentenceOf(error));
    }
    return this.#done(number, asker);
  }

  async #leave({ number }: LeaveRequest, asker: Asker): Promise<void> {
    await this.#introduce(number, asker);
    await tell(asker, { kind: "leaving", number });
    try {
      await this.#node.leave(() => sendNow(asker, { kind: "leaving", number }));
    } catch (error) {
      return this.#refuse(asker, number, "over", sentenceOf(error));
    }
    return this.#done(number, asker);
  }

  async #drain({ number }: DrainRequest, asker: Asker): Promise<void> {
    await this.#introduce(number, asker);
    const drained = await this.#node.drain((left) => sendNow(asker, { kind: "draining", number, left }));
    await tell(asker, { kind: "drained", number, ...drained });
    return this.#done(number, asker);
  }

  /** Not told to one that does not even read: nothing of it may wait here. */
  #refuseMore(asker: Asker, number: number): void {
    this.counters.refused++;
    const text = `No more than ${requestsMax} questions of one peer are answered at a time.`;
    sendNow(asker, { kind: "refused", number, code: "tooMany", text });
  }

  #forbid(asker: Asker, number: number): Promise<void> {
    const text =
      "This node is commanded only through the socket on its machine: nobody proves who they are over this connection.";
    return this.#refuse(asker, number, "forbidden", text);
  }

  async #refuse(asker: Asker, number: number, code: RefusedCode, text: string): Promise<void> {
    this.counters.refused++;
    await tell(asker, { kind: "refused", number, code, text });
  }
}

/** Waits while there is no room. False: the asker is over, or of another version. */
async function tell(asker: Asker, reply: ControlReply): Promise<boolean> {
  for (;;) {
    const outcome = asker.send(controlReplies, reply);
    if (outcome.status === "accepted") return true;
    if (outcome.reason !== "overloaded") return false;
    await asker.ready();
  }
}

function sendNow(asker: Asker, reply: ControlReply): boolean {
  return asker.send(controlReplies, reply).status === "accepted";
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
