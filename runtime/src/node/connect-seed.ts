// Connects to whoever answers first of those that a seed stands for.

import type { Connected, Peer, Transport } from "../transport/index.ts";
import { type Resolver, systemResolver } from "./resolver.ts";
import { parseSeed, resolveSeed } from "./seeds.ts";

/**
 * Tries the addresses that a seed (`host:port`, `dns://name:port`, `dns+srv://name`) stands for at this moment, one after
 * the other, until a peer is connected: an address of this node itself is passed over. The outcome of the last one
 * otherwise.
 * @throws TypeError where the text is no seed; NetworkError `unknownHost` where it stands for nothing
 */
export async function connectSeed(
  transport: Transport,
  seed: string,
  resolver: Resolver = systemResolver,
): Promise<Connected<Peer>> {
  const addresses = await resolveSeed(parseSeed(seed), resolver, () => transport.host.random());
  let outcome: Connected<Peer> | undefined;
  for (const address of addresses) {
    const next = await transport.connect(address);
    if (next.status === "connected") return next;
    if (outcome === undefined || next.reason.code !== "selfConnect") outcome = next;
  }
  if (outcome !== undefined) return outcome;
  const text = `${seed} stands for no node at this moment.`;
  return { status: "notConnected", reason: { by: "network", code: "unknownHost", text } };
}
