// What a node brings to a cluster.

import type { Metadata, Options, Place, Profile, ProfileName } from "../membership/index.ts";
import type { Address, Offer, TransportEvents, TransportOptions } from "../transport/index.ts";
import type { ClusterActorsOptions } from "./cluster-actors.ts";
import type { ClusterHost } from "./cluster-host.ts";
import type { DepartureTimes } from "./departure.ts";

/** What may be set of the transport, and heard of it. */
type OfTransport = Pick<TransportOptions, "times" | "takes" | "pendingHandshakesMax"> &
  Pick<TransportEvents, "onHandshakeFailed" | "onLoss" | "onHandlerError">;

export interface ClusterOptions
  extends OfTransport,
    ClusterActorsOptions,
    Pick<Options, "policy" | "deathEvidence" | "localHealth"> {
  readonly host: ClusterHost;
  /** Where to take connections. Without it nobody can dial this node, and it must be able to dial all others. */
  readonly listen?: Address;
  /** Under which address others reach this node, where that is not where it listens. Port 0: the one it listens on. */
  readonly advertise?: Address;
  /** Addresses of any members, in any order; that of this node may be among them. */
  readonly seeds?: readonly Place[];
  /** What this node says of itself. */
  readonly metadata?: Partial<Metadata>;
  /** `lan`. */
  readonly profile?: ProfileName | Profile;
  /** How long each phase of leaving may take: see {@link DepartureTimes}. */
  readonly departure?: Partial<DepartureTimes>;
  /** The codecs of all other types that this node sends or receives. */
  readonly types?: readonly Offer[];
}
