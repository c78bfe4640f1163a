// Gathers the supervisors of all members: each is asked for its own, and whoever has not answered in time, or cannot be
// asked, is named as such. One gathering at a time, which all who ask meanwhile share the next of: a question costs one
// message a member however many ask it.

import type { MemberId, MemberStatus } from "../../membership/index.ts";
import type { NodeId, NotSentReason, SendOutcome } from "../../transport/index.ts";
import { sameNode } from "../../transport/index.ts";
import { type Forest, isFit } from "./forest.ts";
import { forestEntriesMax, forestPatienceMs, treeEntriesMax } from "./limits.ts";
import type { ControlReply, ForestAnswer, ForestRequest, SupervisedReport } from "./messages.ts";

/** A member that may be asked. */
export interface Askable {
  readonly id: MemberId;
  readonly name: string;
  readonly isSelf: boolean;
  readonly status: MemberStatus;
}

/** What is needed of the node. */
export interface GathererNode {
  /** Those that are not gone for good, this node first. */
  members(): readonly Askable[];
  /** The supervisors of this node itself. */
  own(): Forest;
  /** Undefined where there is no connection. */
  ask(member: MemberId, request: ForestRequest): SendOutcome | undefined;
  setTimer(afterMs: number, run: () => void): () => void;
}

interface Asked {
  readonly from: NodeId;
  readonly entries: SupervisedReport[];
  answer: "whole" | "cut" | undefined;
  settle(answer: ForestAnswer): void;
}

export class TreeGatherer {
  readonly #node: GathererNode;
  readonly #asked = new Map<number, Asked>();
  #number = 0;
  /** Of the gathering that is under way. */
  #room = 0;
  #current: Promise<unknown> = Promise.resolve();
  #next: Promise<readonly Forest[]> | undefined;

  constructor(node: GathererNode) {
    this.#node = node;
  }

  /** As all are from now on, or a little later; in the order of the members. Never rejects. */
  gather(): Promise<readonly Forest[]> {
    this.#next ??= this.#current.then(() => {
      this.#next = undefined;
      const gathering = this.#gather();
      this.#current = gathering;
      return gathering;
    });
    return this.#next;
  }

  /** What a member says. What nobody has asked for, or somebody else was asked for, counts for nothing. */
  received(reply: ControlReply, from: NodeId): void {
    const asked = this.#asked.get(reply.number);
    if (asked === undefined || !sameNode(asked.from, from)) return;
    if (reply.kind === "forest") asked.answer = reply.forest.answer === "whole" ? "whole" : "cut";
    else if (reply.kind === "supervised") this.#take(asked, reply.entry);
    else asked.settle(reply.kind === "done" && asked.answer !== undefined ? asked.answer : "broken");
  }

  async #gather(): Promise<readonly Forest[]> {
    this.#room = treeEntriesMax;
    return Promise.all(this.#node.members().map((member) => this.#forestOf(member)));
  }

  async #forestOf(member: Askable): Promise<Forest> {
    if (member.isSelf) return this.#node.own();
    const { id: node, name } = member;
    const entries: SupervisedReport[] = [];
    const answer = await this.#ask(node, entries);
    const isOf = answer === "whole" || answer === "cut";
    return { forest: { node, name, answer }, entries: isOf ? entries : [] };
  }

  #ask(node: MemberId, entries: SupervisedReport[]): Promise<ForestAnswer> {
    const number = this.#newNumber();
    const outcome = this.#node.ask(node, { kind: "forest", number });
    if (outcome?.status !== "accepted") return Promise.resolve(answers[outcome?.reason ?? "disconnected"]);
    return new Promise((resolve) => {
      const settle = (answer: ForestAnswer): void => {
        cancel();
        this.#asked.delete(number);
        resolve(answer);
      };
      const cancel = this.#node.setTimer(forestPatienceMs, () => settle("silent"));
      this.#asked.set(number, { from: node, entries, answer: undefined, settle });
    });
  }

  #take(asked: Asked, entry: SupervisedReport): void {
    const { entries } = asked;
    if (asked.answer === undefined || !isFit(entry, entries.at(-1)?.depth ?? -1))
      return asked.settle("broken");
    if (entries.length >= forestEntriesMax || this.#room <= 0) return asked.settle("cut");
    this.#room--;
    entries.push(entry);
  }

  #newNumber(): number {
    this.#number = (this.#number + 1) >>> 0;
    return this.#number;
  }
}

/** What it says of a member that it could not be asked. */
const answers: Readonly<Record<NotSentReason, ForestAnswer>> = {
  incompatible: "otherVersion",
  unknownType: "otherVersion",
  invalid: "otherVersion",
  tooLong: "otherVersion",
  overloaded: "silent",
  disconnected: "notConnected",
  closed: "notConnected",
};
