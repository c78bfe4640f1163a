// What can be asked of a node's name without a network.

import type { NodeId } from "./messages.ts";

/** The very same start of the same node. */
export function sameNode(a: NodeId, b: NodeId): boolean {
  return a.instance === b.instance && a.port === b.port && a.host === b.host;
}

/** `host:port#instance`, IPv6 in brackets, the instance in hex: for people and logs. */
export function formatNodeId({ host, port, instance }: NodeId): string {
  const name = host.includes(":") ? `[${host}]` : host;
  return `${name}:${port}#${instance.toString(16).padStart(16, "0")}`;
}

/** Host names, IPv4 and IPv6 addresses (with a zone), and nothing that could not stand in a log as it is. */
export function isHostName(host: string): boolean {
  return /^[0-9A-Za-z._:%-]{1,253}$/.test(host);
}
