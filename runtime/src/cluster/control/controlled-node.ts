// What control needs of a node.

import type { MemberId } from "../../membership/messages.ts";
import type { Drained } from "../cluster.ts";
import type { Forest } from "./forest.ts";
import type { EventReport, MemberReport, TrailReport } from "./messages.ts";

export interface ControlledNode {
  readonly self: MemberId;
  /** All that are known, this node first, final ones too. */
  members(): readonly MemberReport[];
  /** The last claims about a member, oldest first. */
  why(member: MemberId): readonly TrailReport[];
  /** The supervisors of this node. */
  forest(): Forest;
  /** Those of all members, of this one first. Says too who did not tell. */
  tree(): Promise<readonly Forest[]>;
  /** Totals since the start. */
  counters(): Readonly<Record<string, number>>;
  /** Calls `listener` with everything that happens from now on, until what this returns is called. */
  on(listener: (event: EventReport) => void): () => void;
  /** Rejects with a sentence where a seed is none, or there are too many. */
  join(seeds: readonly string[]): Promise<void>;
  /** Fulfilled when all are told and the node is over; `goesOn` is called now and then until that. */
  leave(goesOn: () => void): Promise<void>;
  /** Fulfilled when nothing runs here that can run elsewhere; `goesOn` is told now and then how much still does. */
  drain(goesOn: (left: number) => void): Promise<Drained>;
}
