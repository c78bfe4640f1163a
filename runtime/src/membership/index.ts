// Who is there: SWIM with Lifeguard as a state machine without any I/O. A host gives it time, chance and what peers say,
// and carries out what it wants.

export { metadataFault } from "./admission.ts";
export type { Counters } from "./counters.ts";
export type { Effect, Event, Metadata, Verdict } from "./event.ts";
export * as membershipLimits from "./limits.ts";
export { compareMembers, isSibling, keyOf, type Place, samePlace } from "./member-id.ts";
export { MembershipMessageCodec } from "./messages.codec.ts";
export type {
  Evidence,
  MemberId,
  MemberMetadata,
  MemberStatus,
  MembershipMessage,
  Update,
} from "./messages.ts";
export { type Absent, type Decision, decide, decideAgainMs, type Policy, type View } from "./policy.ts";
export {
  messagesPerSecondMax,
  type Profile,
  type ProfileName,
  profiles,
  syncEveryMs,
  transmitsMax,
} from "./profile.ts";
export { type Membership, newMembership, type Options } from "./state.ts";
export { isAbsent, isFinal, isReachable } from "./status.ts";
export { isTakingPart, step, wakeAtMs } from "./step.ts";
export { type SuspicionBounds, suspicionBounds, suspicionMs } from "./suspicion.ts";
export type { TrailEntry } from "./trail.ts";
export { countersOf, type MemberView, memberOf, membersOf, whyOf } from "./view.ts";
