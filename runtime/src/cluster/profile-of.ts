// What a profile stands for: a name, or times of the user's own.

import { type Profile, profiles } from "../membership/index.ts";
import { type LeaseTimes, leaseTimes } from "../supervision/index.ts";
import type { ClusterOptions } from "./cluster-options.ts";

export function profileOf(profile: ClusterOptions["profile"] = "lan"): Profile {
  return typeof profile === "string" ? profiles[profile] : profile;
}

/** With times of the user's own: those of `lan`. */
export function leaseOf(profile: ClusterOptions["profile"] = "lan"): LeaseTimes {
  return typeof profile === "string" ? leaseTimes[profile] : leaseTimes.lan;
}
