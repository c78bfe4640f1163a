// The connections of the transport that lead to members, by the member; and those that lead to nobody in the cluster.

import { keyOf, type MemberId } from "../membership/index.ts";
import type { Peer } from "../transport/index.ts";
import { membershipMessages } from "./runtime-types.ts";

/** A node with this role and without a port only looks: it is no member. */
export const observerRole = "observer";

/**
 * - `member`: speaks the membership messages as this node does.
 * - `observer`: is no member, and knows it.
 * - `incompatible`: its version of the membership messages and this node's do not fit.
 */
export type PeerKind = "member" | "observer" | "incompatible";

interface Entry {
  readonly peer: Peer;
  /** Up to when membership has been told that it was heard. */
  toldAtMs: number;
}

export class MemberPeers {
  observers = 0;
  incompatible = 0;
  readonly #members = new Map<string, Entry>();

  /** A peer is there; answers what it is. */
  enter(peer: Peer): PeerKind {
    const kind = kindOf(peer);
    if (kind === "member") this.#members.set(keyOf(peer.node), { peer, toldAtMs: Number.NEGATIVE_INFINITY });
    else if (kind === "observer") this.observers++;
    else this.incompatible++;
    return kind;
  }

  /** False where it was no member's, or is not the latest of that member. */
  remove(peer: Peer): boolean {
    const key = keyOf(peer.node);
    return this.#members.get(key)?.peer === peer && this.#members.delete(key);
  }

  clear(): void {
    this.#members.clear();
  }

  has(peer: Peer): boolean {
    return this.#members.get(keyOf(peer.node))?.peer === peer;
  }

  of(id: MemberId): Peer | undefined {
    return this.#members.get(keyOf(id))?.peer;
  }

  /** Those of all members that there is a connection to, or was a moment ago. */
  get all(): readonly Peer[] {
    return [...this.#members.values()].map(({ peer }) => peer);
  }

  /** Who was heard since this was last asked: not more often than every so many milliseconds for one. */
  heard(everyMs: number): { readonly from: MemberId; readonly atMs: number }[] {
    const heard = [];
    for (const entry of this.#members.values()) {
      const atMs = entry.peer.heardAtMs;
      if (atMs === undefined || atMs < entry.toldAtMs + everyMs) continue;
      entry.toldAtMs = atMs;
      heard.push({ from: entry.peer.node, atMs });
    }
    return heard;
  }
}

function kindOf(peer: Peer): PeerKind {
  if (peer.node.port === 0 && peer.roles.includes(observerRole)) return "observer";
  const terms = peer.termsOf(membershipMessages);
  if (terms === undefined || terms.standing === "unknown") return "observer";
  return terms.sends && terms.receives ? "member" : "incompatible";
}
