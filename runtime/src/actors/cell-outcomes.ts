// Outcomes that are the same whoever asks.
import type { NotSent, Ok, Rejected, Unknown } from "./outcome.ts";

export const expired: NotSent = /* @__PURE__ */ Object.freeze({
  status: "notSent",
  reason: "expired",
  text: "Its time was up before a handler began with it.",
});

/** What a tracked tell is told when it has left the mailbox. */
export const taken: Ok<undefined> = /* @__PURE__ */ Object.freeze({ status: "ok", value: undefined });

/** What a handler answered that went on when its actor's lease had run out. */
export const fenced: Unknown = /* @__PURE__ */ Object.freeze({
  status: "unknown",
  reason: "timeout",
  text: "The actor lost its lease before it answered.",
});

export const noSuchActor: Rejected = /* @__PURE__ */ Object.freeze({
  status: "rejected",
  reason: "noSuchActor",
  text: "There is no such actor here.",
});

export const unsupported: Rejected = /* @__PURE__ */ Object.freeze({
  status: "rejected",
  reason: "unsupported",
  text: "The actor has no such method here.",
});

export const noCluster: NotSent = /* @__PURE__ */ Object.freeze({
  status: "notSent",
  reason: "unreachable",
  text: "This process is in no cluster.",
});

export function cycle(text: string): Rejected {
  return { status: "rejected", reason: "cycle", text };
}
