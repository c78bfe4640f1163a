// What this layer needs of the network: peers, and who is given their messages. A transport's peers are such peers.

import type { Codec } from "../codec/codec.ts";
import type { NodeId, Peer } from "../transport/index.ts";

export type RemotePeer = Pick<
  Peer,
  "node" | "userStream" | "controlIsOpen" | "send" | "sendControl" | "termsOf" | "ready"
>;

export interface RemoteNetwork {
  /** This node. Another instance after a rebirth. */
  readonly self: NodeId;
  /** The connection to exactly that start of a node; undefined where there is none. */
  peerOf(node: NodeId): RemotePeer | undefined;
  /**
   * What is known of that start of a node: whether it can be reached, cannot be and may be alive, or is over for good.
   * Without this all count as reachable.
   */
  standingOf?(node: NodeId): "reachable" | "unreachable" | "gone";
  /** Gives every message of a type to `run`. One handler a type. */
  onMessage<T>(codec: Codec<T>, run: (message: T, from: RemotePeer) => void): void;
}
