// What becomes of messages to other nodes, in the words of actors: the transport's answers, what a peer says, and what its
// end means.

import type {
  NotSent,
  NotSentReason,
  Outcome,
  Rejected,
  RejectedReason,
  UnknownReason,
} from "../actors/index.ts";
import type { SendOutcome, NotSentReason as WireReason } from "../transport/index.ts";
import { outcomeTextMax, reasonLengthMax } from "./limits.ts";
import type { ActorRefusal } from "./messages.ts";

const reasons: Readonly<Record<WireReason, NotSentReason>> = {
  incompatible: "incompatible",
  unknownType: "incompatible",
  invalid: "invalid",
  tooLong: "tooLong",
  overloaded: "overloaded",
  disconnected: "unreachable",
  closed: "unreachable",
};

export function notSent(reason: NotSentReason, text: string): NotSent {
  return { status: "notSent", reason, text };
}

/** Of a message that the transport has refused. */
export function refusalOf(outcome: Exclude<SendOutcome, { status: "accepted" }>): NotSent {
  return notSent(reasons[outcome.reason], outcome.text);
}

export const unreachable: NotSent = /* @__PURE__ */ Object.freeze(
  notSent("unreachable", "There is no connection to the actor's node."),
);

/** What an actor sends whose place may be another one's by now. */
export const leaseLost: NotSent = /* @__PURE__ */ Object.freeze(
  notSent("unreachable", "The actor that sends this has lost its lease."),
);

export const overloaded: NotSent = /* @__PURE__ */ Object.freeze(
  notSent("overloaded", "Too much is waiting to be sent to this actor already."),
);

export const crowded: NotSent = /* @__PURE__ */ Object.freeze(
  notSent("overloaded", "Too many answers of this node are waited for already."),
);

export const expired: NotSent = /* @__PURE__ */ Object.freeze(
  notSent("expired", "Its time was up before it could be sent."),
);

export function unknown(reason: UnknownReason, text: string): Outcome<never> {
  return { status: "unknown", reason, text };
}

export function notAmong(actor: string): NotSent {
  return notSent("incompatible", `${actor} is not among the actors that this node was given.`);
}

export function notBound(actor: string): Rejected {
  return { status: "rejected", reason: "unsupported", text: `${actor} cannot be started on that node.` };
}

export function notAuthorised(actor: string): Rejected {
  return {
    status: "rejected",
    reason: "notAuthorised",
    text: `That node does not start ${actor} for this one.`,
  };
}

/** Of a start, by a node that takes no more. */
export const leaving: Rejected = /* @__PURE__ */ Object.freeze({
  status: "rejected",
  reason: "leaving",
  text: "That node takes no new actors: it is drained, or about to go.",
});

const rejectedReasons: readonly RejectedReason[] = [
  "mailboxFull",
  "noSuchActor",
  "notAuthorised",
  "unsupported",
  "stopped",
  "leaving",
  "cycle",
];
/** What a node can find out about a message that it has received. */
const lateReasons: readonly NotSentReason[] = ["expired", "invalid", "overloaded"];
const unknownReasons: readonly UnknownReason[] = ["timeout", "connectionLost", "nodeDied"];

/** What a peer says became of an ask. */
export function outcomeOf({ status, reason, text }: ActorRefusal): Outcome<never> {
  switch (status) {
    case "failed":
      return { status, error: { name: reason, message: text } };
    case "rejected":
      return { status, reason: among(rejectedReasons, reason) ?? "unsupported", text };
    case "notSent":
      return { status, reason: among(lateReasons, reason) ?? "expired", text };
    case "unknown":
      return { status, reason: among(unknownReasons, reason) ?? "timeout", text };
  }
}

/** The other way: what is said of an outcome without a value. */
export function refusalFor(
  correlation: number,
  outcome: Exclude<Outcome<unknown>, { status: "ok" }>,
): ActorRefusal {
  const { status } = outcome;
  const [reason, text] =
    outcome.status === "failed"
      ? [outcome.error.name, outcome.error.message]
      : [outcome.reason, outcome.text];
  return { correlation, status, reason: cut(reason, reasonLengthMax), text: cut(text, outcomeTextMax) };
}

function among<T extends string>(all: readonly T[], given: string): T | undefined {
  return all.find((one) => one === given);
}

/** Half of a surrogate pair is no text, neither one that was given nor one that is cut off. */
function cut(text: string, most: number): string {
  const whole = text.replace(/[\ud800-\udfff]/gu, "\ufffd");
  if (whole.length <= most) return whole;
  const last = whole.charCodeAt(most - 1);
  return whole.slice(0, last >= 0xd800 && last < 0xdc00 ? most - 1 : most);
}
