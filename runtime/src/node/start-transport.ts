// Starts a node's transport on Node: sockets, TLS, clock and chance from `nodeHost`, everything else from the transport.

import { createHash, randomBytes } from "node:crypto";
import {
  type Address,
  Catalogue,
  formatAddress,
  type Offer,
  openTransport,
  parseAddress,
  type Transport,
  type TransportEvents,
  type TransportOptions,
} from "../transport/index.ts";
import { NetworkError } from "./network-error.ts";
import { type NodeHostOptions, nodeHost } from "./node-host.ts";
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
  const bind = addressOf(listen);
  const reached = addressOf(advertise);
  if (bind !== undefined && reached === undefined && isWildcard(bind.host)) {
    throw new NetworkError(
      "misconfigured",
      `others cannot reach this node at ${formatAddress(bind)}: say with advertise under which address they can`,
    );
  }
  const host = await nodeHost(options);
  const named = reached ?? (bind === undefined ? { host: host.ownName, port: 0 } : undefined);
  host.checkAdvertised((named ?? bind)!.host);
  const catalogue = new Catalogue(types);
  const transport = await openTransport({
    ...rest,
    onHandshakeFailed(reason, from) {
      if (!settled.has(reason.code)) host.refused({ code: reason.code, text: reason.text, from });
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

/** How handshakes end that nothing is wrong with: another stream of the two nodes was there first, or one of them leaves. */
const settled: ReadonlySet<string> = new Set(["dialLost", "superseded", "closing"]);

function addressOf(address: Address | string | undefined): Address | undefined {
  return typeof address === "string" ? parseAddress(address) : address;
}

function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}
