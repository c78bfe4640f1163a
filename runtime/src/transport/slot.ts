// What `send` has to know of a codec: its index, or why it cannot be sent.

import type { Offer } from "./catalogue.ts";
import { printable } from "./printable.ts";
import { type NotSent, notSent } from "./send-outcome.ts";
import type { Opened } from "./session.ts";

export interface Slot {
  /** In the catalogue of this node; -1 where the type cannot be sent. */
  readonly index: number;
  readonly refusal: NotSent | undefined;
}

/** `index`: of exactly this version of the type in our catalogue; undefined where it is not in there. */
export function makeSlot(codec: Offer, index: number | undefined, agreed: Opened | undefined): Slot {
  const terms = index === undefined ? undefined : agreed?.settlement.terms[index];
  if (index === undefined || terms === undefined) {
    return refused(notSent("unknownType", `${codec.name} is not among the types of this node.`));
  }
  if (terms.sends) return { index, refusal: undefined };
  if (terms.standing === "unknown") {
    return refused(notSent("unknownType", `The peer has no type ${codec.name}.`));
  }
  const text = `The peer cannot read this version of ${codec.name}: ours is ${terms.ours}, its ${terms.theirs}.`;
  return refused(notSent("incompatible", printable(text, 400)));
}

function refused(refusal: NotSent): Slot {
  return { index: -1, refusal };
}
