// What can be asked of a member's name without a network.

import type { MemberId } from "./messages.ts";

/** A place that can be dialled. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** The same for the very same start of the same node, and for nothing else. */
export function keyOf({ host, port, instance }: MemberId): string {
  return `${host} ${port} ${instance}`;
}

/** Another start of the node at the same address. A node that cannot be dialled has none to share. */
export function isSibling(a: MemberId, b: MemberId): boolean {
  return a.port !== 0 && samePlace(a, b) && a.instance !== b.instance;
}

/** The same address; nothing is said about who is there. */
export function samePlace(a: Place, b: Place): boolean {
  return a.port === b.port && a.host === b.host;
}

/** Negative where `a` is the smaller one; all nodes compare alike, and nothing else is meant by it. */
export function compareMembers(a: MemberId, b: MemberId): number {
  if (a.host !== b.host) return a.host < b.host ? -1 : 1;
  if (a.port !== b.port) return a.port - b.port;
  return a.instance === b.instance ? 0 : a.instance < b.instance ? -1 : 1;
}
