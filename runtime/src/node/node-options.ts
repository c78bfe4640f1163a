// What a node says of itself at each end of a connection.

import { createHash, randomBytes } from "node:crypto";
import {
  Catalogue,
  type ConnectionEvents,
  type NodeId,
  type Offer,
  protocolVersions,
  type SessionConfig,
  transportLimits,
} from "../transport/index.ts";

/** Options of {@link listen} and {@link dial} alike. */
export interface NodeOptions extends ConnectionEvents {
  /** The codecs of all types that this node sends or receives. */
  readonly types: readonly Offer[];
  /** Default 5000 ms: from the opened socket to the agreed session. */
  readonly handshakeDeadlineMs?: number;
  /** The longest frame taken once a session is open. Default 16 MiB. */
  readonly frameLengthMax?: number;
  /**
   * Allows connections beyond this machine, in plaintext and with whoever finds the port. Only for networks where
   * nobody else is.
   */
  readonly insecure?: boolean;
}

/** Random for every start of a node, so that no other node is ever taken for it. */
export function newInstance(): bigint {
  return randomBytes(8).readBigUInt64BE();
}

/** What the handshake of this node says and demands. */
export function sessionConfig(node: NodeId, options: NodeOptions): SessionConfig {
  const catalogue = new Catalogue(options.types);
  return {
    node,
    catalogue,
    catalogueDigest: createHash("sha256").update(catalogue.text).digest("base64url"),
    handshakeDeadlineMs: options.handshakeDeadlineMs ?? transportLimits.handshakeDeadlineMs,
    frameLengthMax: options.frameLengthMax ?? transportLimits.frameLengthMax,
    protocol: protocolVersions,
  };
}
