// The members as this node's application sees them.

import { type MemberId, type Membership, type MemberView, memberOf, membersOf } from "../membership/index.ts";
import type { ClusterMember } from "./cluster-member.ts";
import type { MemberPeers } from "./member-peers.ts";

/** All that are known, this node first. */
export function membersSeen(state: Membership, peers: MemberPeers): ClusterMember[] {
  return membersOf(state).map((view) => seen(view, peers));
}

/** One of them; undefined for who is not known. */
export function memberSeen(state: Membership, peers: MemberPeers, id: MemberId): ClusterMember | undefined {
  const view = memberOf(state, id);
  return view && seen(view, peers);
}

function seen({ metadata, ...view }: MemberView, peers: MemberPeers): ClusterMember {
  const peer = view.isSelf ? undefined : peers.of(view.id);
  return {
    ...view,
    name: metadata?.name ?? "",
    roles: metadata?.roles ?? [],
    tags: metadata?.tags ?? {},
    actors: metadata?.actors ?? [],
    versions: metadata?.versions ?? {},
    roundTripMs: view.roundTripMs ?? peer?.roundTripMs,
    isConnected: view.isSelf || peer?.isConnected === true,
  };
}
