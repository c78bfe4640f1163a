// Who waits for an actor that asks: so that an ask that comes back to one of them can be refused.

import { ActorCell } from "../actors/cell.ts";
import type { Asker, PendingReply } from "../actors/pending-reply.ts";
import { type Hop, noHops } from "./envelope.ts";
import { IncomingAsk } from "./incoming-messages.ts";
import { hopsMax } from "./limits.ts";

/** The nearest first, without the asker itself; those beyond {@link hopsMax} are left out. `self` is this node. */
export function hopsOf(asker: ActorCell | undefined, self: string): readonly Hop[] {
  let at: PendingReply | undefined = asker?.at;
  if (at === undefined) return noHops;
  const hops: Hop[] = [];
  while (at !== undefined && hops.length < hopsMax) {
    if (at instanceof IncomingAsk) {
      if (at.sender !== 0) hops.push({ node: at.from, actor: at.sender });
      hops.push(...at.hops);
      break;
    }
    const before: Asker | undefined = at.asker;
    if (!(before instanceof ActorCell)) break;
    hops.push({ node: self, actor: before.terms.id });
    at = before.at;
  }
  return hops.slice(0, hopsMax);
}
