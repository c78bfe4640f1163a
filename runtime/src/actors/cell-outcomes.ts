// Outcomes that are the same whoever asks.
import type { NotSent, Ok, Rejected } from "./outcome.ts";

export const expired: NotSent = /* @__PURE__ */ Object.freeze({
  status: "notSent",
  reason: "expired",
  text: "Its time was up before a handler began with it.",
});

/** What a tracked tell is told when it has left the mailbox. */
export const taken: Ok<undefined> = /* @__PURE__ */ Object.freeze({ status: "ok", value: undefined });

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
