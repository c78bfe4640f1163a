// Where a node takes connections and by what address others reach it, checked before anything is opened.

import { type Address, formatAddress, parseAddress } from "../transport/index.ts";
import { NetworkError } from "./network-error.ts";
import { type NodeHost, type NodeHostOptions, nodeHost } from "./node-host.ts";
import { type Resolver, systemResolver } from "./resolver.ts";
import { isWildcard } from "./wildcard.ts";

export interface PlaceOptions extends NodeHostOptions {
  readonly listen?: Address | string;
  readonly advertise?: Address | string;
}

export interface OpenPlace {
  readonly host: NodeHost;
  readonly listen: Address | undefined;
  readonly advertise: Address | undefined;
}

/**
 * Makes the host of a node at a place.
 * @throws NetworkError where others could not reach it there, it could not prove that it is there, or a secret, a
 * certificate or a combination of options is of no use; TypeError where a text is no address
 */
export async function openPlace(options: PlaceOptions): Promise<OpenPlace> {
  const listen = addressOf(options.listen);
  const reached = addressOf(options.advertise);
  if (reached !== undefined) checkReachable(reached, [reached.host]);
  else if (listen !== undefined) checkReachable(listen, await addressesOf(listen.host, options.resolver));
  const host = await nodeHost(options);
  const advertise = reached ?? (listen === undefined ? { host: host.ownName, port: 0 } : undefined);
  host.checkAdvertised((advertise ?? listen)!.host);
  return { host, listen, advertise };
}

function addressOf(address: Address | string | undefined): Address | undefined {
  return typeof address === "string" ? parseAddress(address) : address;
}

/** A name without an address is told of where it is bound. */
function addressesOf(host: string, resolver: Resolver = systemResolver): Promise<readonly string[]> {
  return resolver.addresses(host).catch(() => []);
}

/** What listens takes the first of a name's addresses. */
function checkReachable(place: Address, [first = ""]: readonly string[]): void {
  if (!isWildcard(first)) return;
  throw new NetworkError(
    "misconfigured",
    `others cannot reach this node at ${formatAddress(place)}: say with advertise under which address they can`,
  );
}
