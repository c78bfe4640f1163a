// What nodes tell each other about who is there. These are wire types like any user's, binary alone, with a committed
// codec. Nothing here may come to mean more by arriving once, in order, or at all: any of it can be lost, doubled and
// overtaken.

import type { u16, u32, u64 } from "../numbers.ts";

/** A node, for as long as it lives: a new start at the same address is another instance and so another member. */
export interface MemberId {
  /** The host under which others reach it: a name, an IPv4 address, or an IPv6 address without brackets. */
  readonly host: string;
  /** 0 for a node that only dials and cannot be dialled. */
  readonly port: u16;
  /** Random at every start. */
  readonly instance: u64;
}

/** What a member is said to be, weakest claim first. The last three are final: no incarnation refutes them. */
export type MemberStatus =
  | "alive"
  | "stalled"
  | "suspect"
  | "unreachable"
  | "frozen"
  | "removed"
  | "dead"
  | "left";

/** Why a status was first claimed: for people, decides nothing. */
export type Evidence =
  | "joined"
  | "refuted"
  | "probeFailed"
  | "suspicionExpired"
  | "silent"
  | "pulseLagged"
  | "refused"
  | "replaced"
  | "goodbye"
  | "policy"
  | "reborn";

/**
 * What a member tells about itself. Whole each time: the higher revision replaces the lower.
 *
 * @wire binary
 */
export interface MemberMetadata {
  /** Raised by the member with every change. */
  readonly revision: u32;
  /** For people, and to find it by; empty where it has none. */
  readonly name: string;
  readonly roles: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** The names of the actor classes that can be spawned there. */
  readonly actors: readonly string[];
  /** Of whatever the member finds worth telling: the application, the runtime, Node. */
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * A claim about a member. Claims are joined, never applied: see member.ts.
 *
 * @wire binary
 */
export interface Update {
  readonly node: MemberId;
  readonly status: MemberStatus;
  /** Raised by the member alone, to refute what is said of it. */
  readonly incarnation: u32;
  readonly evidence: Evidence;
  /** Who found it so; distinct ones confirm a suspicion. Empty where the member speaks for itself. */
  readonly accusers: readonly MemberId[];
  /** For final statuses: seconds since it was claimed, so that nobody's tombstone lives on in others' copies. */
  readonly ageS: u32;
  /** Absent where the receiver is likely to have it. */
  readonly metadata?: MemberMetadata;
}

/** Asks for an {@link Ack} with the same number. */
export interface Probe {
  readonly kind: "probe";
  readonly number: u32;
  readonly updates: readonly Update[];
}

/** Asks the receiver to probe another: an {@link Ack} if that answers within the time, else a {@link Nack}. */
export interface ProbeRequest {
  readonly kind: "probeRequest";
  readonly number: u32;
  readonly target: MemberId;
  readonly timeoutMs: u32;
  readonly updates: readonly Update[];
}

/** The target of the probe with that number lives. */
export interface Ack {
  readonly kind: "ack";
  readonly number: u32;
  readonly updates: readonly Update[];
}

/** The sender lives, and has not reached whom it was to probe. */
export interface Nack {
  readonly kind: "nack";
  readonly number: u32;
  readonly updates: readonly Update[];
}

/** News, and nothing else. */
export interface Gossip {
  readonly kind: "gossip";
  readonly updates: readonly Update[];
}

/** A part of everything that the sender knows. Parts need no order, because updates need none. */
export interface Sync {
  readonly kind: "sync";
  /** The receiver is to send everything back: full syncs go both ways. */
  readonly replyWanted: boolean;
  readonly updates: readonly Update[];
}

/**
 * All that membership sends.
 *
 * @wire binary
 */
export type MembershipMessage = Probe | ProbeRequest | Ack | Nack | Gossip | Sync;
