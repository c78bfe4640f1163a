// What can be asked of a node's name without a network.

import type { NodeId } from "./messages.ts";

/** The very same start of the same node. */
export function sameNode(a: NodeId, b: NodeId): boolean {
  return a.instance === b.instance && a.port === b.port && a.host === b.host;
}

/**
 * Negative where `a` is the smaller one, 0 for the same node: the host byte by byte, then port, then instance. Both ends
 * of a link compare alike; nothing else is meant by it.
 */
export function compareNodes(a: NodeId, b: NodeId): number {
  // Hosts are ASCII, so that bytes and UTF-16 units have the same order.
  if (a.host !== b.host) return a.host < b.host ? -1 : 1;
  if (a.port !== b.port) return a.port - b.port;
  return a.instance === b.instance ? 0 : a.instance < b.instance ? -1 : 1;
}

/** Another start of the node at the same address. A node that cannot be dialled has none to share. */
export function isOtherStart(a: NodeId, b: NodeId): boolean {
  return a.port !== 0 && a.port === b.port && a.host === b.host && a.instance !== b.instance;
}

/** `host:port#instance`, IPv6 in brackets, the instance in hex: for people and logs. */
export function formatNodeId({ host, port, instance }: NodeId): string {
  const name = host.includes(":") ? `[${host}]` : host;
  return `${name}:${port}#${instance.toString(16).padStart(16, "0")}`;
}

/** The reverse of {@link formatNodeId}; undefined for every other text. */
export function parseNodeId(text: string): NodeId | undefined {
  const match = /^(?:\[([^[\]]+:[^[\]]*)\]|([^:[\]]+)):(0|[1-9][0-9]{0,4})#([0-9a-f]{16})$/.exec(text);
  if (match === null) return undefined;
  const host = match[1] ?? match[2]!;
  const port = Number(match[3]);
  if (port > 65_535 || !isHostName(host)) return undefined;
  return { host, port, instance: BigInt(`0x${match[4]}`) };
}

/** Host names, IPv4 and IPv6 addresses (with a zone), and nothing that could not stand in a log as it is. */
export function isHostName(host: string): boolean {
  return /^[0-9A-Za-z._:%-]{1,253}$/.test(host);
}
