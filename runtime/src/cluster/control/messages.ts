// What the command line asks a node, and what it answers. Ordinary messages, over the node's own socket on its machine or
// over a connection like any other; their versions are settled by the handshake like those of all types.

import type { Evidence, MemberId, MemberStatus } from "../../membership/messages.ts";
import type { u32 } from "../../numbers.ts";

/**
 * A question. All replies to it carry its number; the last one is `done` or `refused`.
 *
 * @wire binary
 */
export type ControlRequest =
  | NodeRequest
  | MembersRequest
  | WatchRequest
  | WhyRequest
  | JoinRequest
  | LeaveRequest
  | TreeRequest
  | ForestRequest
  | DrainRequest;

/** Answered by a `node`. */
export interface NodeRequest {
  readonly kind: "node";
  readonly number: u32;
}

/** Answered by a `node`, a `member` each, and the `counters`. */
export interface MembersRequest {
  readonly kind: "members";
  readonly number: u32;
}

/** Answered by an `event` for each thing that happens from now on; ends with the connection. */
export interface WatchRequest {
  readonly kind: "watch";
  readonly number: u32;
}

/** Answered by a `node`, the `member`, and a `trail` for each claim, the oldest first. */
export interface WhyRequest {
  readonly kind: "why";
  readonly number: u32;
  /** Its name, `host:port`, or the beginning of its instance in hexadecimal. */
  readonly member: string;
}

/** Answered when the seeds are being dialled. */
export interface JoinRequest {
  readonly kind: "join";
  readonly number: u32;
  readonly seeds: readonly string[];
}

/** Answered by a `node`, and `leaving` at once and as long as it goes on; `done` follows where the connection outlives the node's leaving. */
export interface LeaveRequest {
  readonly kind: "leave";
  readonly number: u32;
}

/** Answered by a `node`, by `draining` while it goes on, and by `drained`. */
export interface DrainRequest {
  readonly kind: "drain";
  readonly number: u32;
}

/** Answered by a `node`, then for every member by what a {@link ForestRequest} to that one is answered by. */
export interface TreeRequest {
  readonly kind: "tree";
  readonly number: u32;
}

/** Answered by a `forest`, and a `supervised` for each supervisor of this node and each of their children. */
export interface ForestRequest {
  readonly kind: "forest";
  readonly number: u32;
}

/**
 * A part of an answer. Each is short, so that no answer needs to fit into one message.
 *
 * @wire binary
 */
export type ControlReply =
  | NodeReply
  | MemberReply
  | EventReply
  | TrailReply
  | CountersReply
  | LeavingReply
  | DoneReply
  | RefusedReply
  | ForestReply
  | SupervisedReply
  | DrainingReply
  | DrainedReply;

/** Who answers. */
export interface NodeReply {
  readonly kind: "node";
  readonly number: u32;
  readonly node: MemberId;
  readonly name: string;
}

export interface MemberReply {
  readonly kind: "member";
  readonly number: u32;
  readonly member: MemberReport;
}

export interface EventReply {
  readonly kind: "event";
  readonly number: u32;
  readonly event: EventReport;
}

export interface TrailReply {
  readonly kind: "trail";
  readonly number: u32;
  readonly entry: TrailReport;
}

/** Totals since the start of the node, by what they count. */
export interface CountersReply {
  readonly kind: "counters";
  readonly number: u32;
  readonly counters: Readonly<Record<string, number>>;
}

/** So many children run there that are to run elsewhere. */
export interface DrainingReply {
  readonly kind: "draining";
  readonly number: u32;
  readonly left: u32;
}

/** See `Drained` of a cluster. */
export interface DrainedReply {
  readonly kind: "drained";
  readonly number: u32;
  readonly handedOver: u32;
  readonly remaining: u32;
  readonly actors: u32;
}

/** The node is about to go; this connection may be over before it is done. */
export interface LeavingReply {
  readonly kind: "leaving";
  readonly number: u32;
}

/** The supervisors of a member follow, each behind the one that it is below. */
export interface ForestReply {
  readonly kind: "forest";
  readonly number: u32;
  readonly forest: ForestReport;
}

export interface SupervisedReply {
  readonly kind: "supervised";
  readonly number: u32;
  readonly entry: SupervisedReport;
}

export interface DoneReply {
  readonly kind: "done";
  readonly number: u32;
}

export interface RefusedReply {
  readonly kind: "refused";
  readonly number: u32;
  readonly code: RefusedCode;
  /** A sentence for a person. */
  readonly text: string;
}

/**
 * - `unknownMember`: nobody has that name, address or instance.
 * - `ambiguousMember`: several have.
 * - `badSeeds`: the text of a seed is none, or there are too many.
 * - `tooMany`: this peer asks too much at once.
 * - `forbidden`: not over a connection on which nobody proves who it is.
 * - `over`: the node has left, or could not do it.
 */
export type RefusedCode = "unknownMember" | "ambiguousMember" | "badSeeds" | "tooMany" | "forbidden" | "over";

/** A member as the node that answers sees it. Times are how long ago, in milliseconds, because clocks differ. */
export interface MemberReport {
  readonly node: MemberId;
  readonly isSelf: boolean;
  readonly status: MemberStatus;
  readonly incarnation: u32;
  readonly evidence: Evidence;
  readonly accusers: readonly MemberId[];
  /** What it says of itself; empty where nobody has told yet. */
  readonly name: string;
  readonly roles: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly actors: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
  readonly isConnected: boolean;
  /** For how long it has had this status. */
  readonly forMs?: number;
  readonly heardMsAgo?: number;
  readonly roundTripMs?: number;
  /** Of its loop, as its pulse said last. */
  readonly lagMs: number;
}

/** What is known of the supervisors of a member. */
export interface ForestReport {
  readonly node: MemberId;
  /** Empty where nobody has told yet. */
  readonly name: string;
  readonly answer: ForestAnswer;
}

/**
 * - `whole`: all of them.
 * - `cut`: there are more than one answer holds.
 * - `silent`: no answer in time.
 * - `notConnected`: the node that was asked has no connection to it.
 * - `otherVersion`: it does not take the question.
 * - `broken`: its answer was none.
 */
export type ForestAnswer = "whole" | "cut" | "silent" | "notConnected" | "otherVersion" | "broken";

/** A supervisor, or a child. */
export interface SupervisedReport {
  /** How many supervisors it is below, of those that are told of. */
  readonly depth: u32;
  readonly name: string;
  /** The name of an actor's definition; absent of a supervisor. */
  readonly actor?: string;
  /** Of a supervisor. */
  readonly strategy?: "oneForOne" | "oneForAll" | "restForOne";
  readonly status: SupervisedStatus;
  /** How often it was started; of a supervisor that nobody supervises 1. */
  readonly generation: u32;
  /** Where an actor runs, or ran last; absent where it never did. */
  readonly node?: MemberId;
  readonly restarted?: RestartReport;
}

/** `waiting`: for a node that fits. `failed`: a supervisor that has given up, and whose children end. */
export type SupervisedStatus = "down" | "starting" | "up" | "stopping" | "waiting" | "failed";

/** Why something was started again the last time. */
export interface RestartReport {
  readonly msAgo: number;
  /** Whose end was the cause: its own, or that of a sibling. */
  readonly because: string;
  readonly reason: "exited" | "shutdown" | "crashed" | "nodeDied" | "nodeLeft" | "leaseExpired";
  /** What was thrown, where it crashed. */
  readonly error?: string;
}

/** A claim that changed something about a member. */
export interface TrailReport {
  readonly msAgo: number;
  readonly status: MemberStatus;
  readonly incarnation: u32;
  readonly evidence: Evidence;
  /** Who found it so; empty where the member spoke for itself. */
  readonly accusers: readonly MemberId[];
  /** Who told the node that answers; absent where it found so itself. */
  readonly from?: MemberId;
}

/** Something that happened at the node that answers. */
export type EventReport =
  | StatusEventReport
  | MetadataEventReport
  | RebornEventReport
  | StandDownEventReport
  | LeftEventReport
  | MissedEventReport
  | RestartingEventReport
  | SupervisorFailedEventReport;

/** A member came, or has another status. `was` is absent for one that was not known. */
export interface StatusEventReport {
  readonly kind: "status";
  readonly msAgo: number;
  readonly member: MemberId;
  readonly name: string;
  readonly was?: MemberStatus;
  readonly status: MemberStatus;
  readonly incarnation: u32;
  readonly evidence: Evidence;
  readonly accusers: readonly MemberId[];
}

/** A member says something else of itself. */
export interface MetadataEventReport {
  readonly kind: "metadata";
  readonly msAgo: number;
  readonly member: MemberId;
  readonly name: string;
}

/** The node was declared dead, and goes on as another instance. */
export interface RebornEventReport {
  readonly kind: "reborn";
  readonly msAgo: number;
  readonly was: MemberId;
  readonly self: MemberId;
  readonly evidence: Evidence;
  readonly accusers: readonly MemberId[];
}

/** The node is on the side of a partition that is to give way. */
export interface StandDownEventReport {
  readonly kind: "standDown";
  readonly msAgo: number;
}

/** The node itself has left. */
export interface LeftEventReport {
  readonly kind: "left";
  readonly msAgo: number;
}

/** A supervisor of the node starts children again. */
export interface RestartingEventReport {
  readonly kind: "restarting";
  readonly msAgo: number;
  /** The names of the supervisors from the outermost down to the one that does it. */
  readonly path: readonly string[];
  /** The first of them, and how many more. */
  readonly children: readonly string[];
  readonly more: u32;
  readonly cause: RestartReport;
  /** The wait before it. */
  readonly afterMs: number;
}

/** A supervisor of the node has given up. */
export interface SupervisorFailedEventReport {
  readonly kind: "supervisorFailed";
  readonly msAgo: number;
  readonly path: readonly string[];
  /** - `startFailed`: a child could not be started when it began. */
  readonly failure: "startFailed" | "tooManyRestarts";
  readonly cause: RestartReport;
}

/** So many events came faster than they were read, and are not told. */
export interface MissedEventReport {
  readonly kind: "missed";
  readonly count: u32;
}
