// Starts a node's transport on Node: sockets, TLS, clock and chance from `nodeHost`, everything else from the transport.

import { createHash, randomBytes } from "node:crypto";
import {
  type Address,
  Catalogue,
  type Offer,
  openTransport,
  type Transport,
  type TransportEvents,
  type TransportOptions,
} from "../transport/index.ts";
import type { NodeHostOptions } from "./node-host.ts";
import { openPlace } from "./place.ts";
import type { RefusalCounters } from "./refusal.ts";

/** What may be set of the transport as it is. */
type Settings = Pick<TransportOptions, "roles" | "times" | "takes" | "pendingHandshakesMax">;

export interface StartOptions extends NodeHostOptions, TransportEvents, Settings {
  /** The codecs of all types that this node sends or receives. */
  readonly types: readonly Offer[];
  /**
   * Where to take connections: `host:port`, `[IPv6]:port` or an {@link Address}; port 0 is any that is free. Without it
   * nobody can connect to this node.
   */
  readonly listen?: Address | string;
  /** Under which address others reach this node, where that is not where it listens. Port 0: the one it listens on. */
  readonly advertise?: Address | string;
}

export type NodeTransport = Transport & {
  /** How many were turned away, by reason. */
  readonly refusals: Readonly<RefusalCounters>;
};

/**
 * Starts the transport of a node, under a name that no other start of it has.
 * @throws NetworkError when the address cannot be had, or leaves this machine without protection; and where a secret, a
 * certificate or a combination of options is of no use
 */
export async function startTransport(options: StartOptions): Promise<NodeTransport> {
  const { types, listen, advertise, ...rest } = options;
  const { host, listen: bind, advertise: named } = await openPlace(options);
  const catalogue = new Catalogue(types);
  const transport = await openTransport({
    ...rest,
    onHandshakeFailed(reason, from) {
      host.handshakeFailed(reason, from);
      options.onHandshakeFailed?.(reason, from);
    },
    host,
    instance: randomBytes(8).readBigUInt64BE(),
    catalogue,
    catalogueDigest: createHash("sha256").update(catalogue.text).digest("base64url"),
    ...(bind === undefined ? {} : { listen: bind }),
    ...(named === undefined ? {} : { advertise: named }),
  });
  return Object.assign(transport, { refusals: host.refusals });
}
