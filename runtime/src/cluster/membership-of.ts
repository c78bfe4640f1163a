// The membership of a node as its options want it.

import { type MemberId, type Membership, type Metadata, newMembership } from "../membership/index.ts";
import type { ClusterOptions } from "./cluster-options.ts";
import { profileOf } from "./profile-of.ts";

const noMetadata: Metadata = { name: "", roles: [], tags: {}, actors: [], versions: {} };

/** @param startable the names of the actors that others can start there */
export function membershipOf(
  self: MemberId,
  { host, seeds = [], metadata, profile, policy, deathEvidence, localHealth }: ClusterOptions,
  startable: readonly string[],
): Membership {
  return newMembership({
    self,
    metadata: { ...noMetadata, actors: startable, ...metadata },
    seeds,
    random: () => host.random(),
    profile: profileOf(profile),
    ...(policy && { policy }),
    ...(deathEvidence && { deathEvidence }),
    ...(localHealth !== undefined && { localHealth }),
  });
}
