// What two nodes say to each other before the first message. These are wire types like any user's, binary alone: their
// codec is generated, committed, and held by the same rules of evolution. A hello must be readable by every version
// there will ever be: it grows at its tail only.

import type { int, u16, u32, u64 } from "../numbers.ts";

/**
 * A node, for as long as it lives: a new start at the same address is another instance and so another node.
 *
 * @wire binary
 */
export interface NodeId {
  /** The host under which others reach it: a name, an IPv4 address, or an IPv6 address without brackets. */
  readonly host: string;
  /** 0 for a node that only dials and cannot be dialled. */
  readonly port: u16;
  /** Random at every start. */
  readonly instance: u64;
}

/**
 * Each peer has two streams: what keeps the nodes together does not wait behind what users send.
 *
 * @wire binary
 */
export type LaneName = "control" | "user";

/**
 * The last dial of the receiver's that the sender accepted on a lane: what the receiver dialled up to there the sender
 * knows of, and if it dials all the same, it takes that for dead.
 *
 * @wire binary
 */
export interface Taken {
  /** Of the receiver, as far as the sender knows it. */
  readonly instance: u64;
  readonly attempt: u32;
}

/**
 * The first frame of each side, behind the magic.
 *
 * @wire binary
 */
export interface Hello {
  /** The versions of this protocol that the sender speaks, both inclusive. */
  readonly protocolMin: u16;
  readonly protocolMax: u16;
  readonly node: NodeId;
  /** Stands for the sender's whole catalogue: where both digests are equal, so are all types. */
  readonly catalogueDigest: string;
  /** What the dialler wants this stream to be; the acceptor repeats it. */
  readonly lane: LaneName;
  /** Rises with every dial of an instance on a lane; the acceptor repeats it. */
  readonly attempt: u32;
  /** What the node is there for, in words that its users choose. */
  readonly roles: readonly string[];
  /** Diallers only; absent where they have taken nothing. */
  readonly taken?: Taken;
  /** Diallers only: the instance of the receiver with which the sender has compared types already, on another stream. */
  readonly compared?: u64;
}

/**
 * A type as the sender knows it.
 *
 * @wire binary
 */
export interface TypeVersion {
  readonly name: string;
  readonly fingerprint: string;
}

/**
 * The hello was accepted.
 *
 * @wire binary
 */
export interface Welcome {
  /** The version both will speak: the highest that both know. */
  readonly protocol: u16;
  /** The longest message that the sender takes: its type's index and its value, in one frame or in chunks. */
  readonly messageLengthMax: u32;
  /** How far messages on the user lane may be ahead of what the sender says that it has consumed. */
  readonly windowMessages: u32;
  readonly windowBytes: u32;
  /** How many messages in chunks may be under way at a time, and how many bytes they may have together. */
  readonly assembliesMax: u16;
  readonly assembledBytesMax: u32;
  /**
   * The sender's catalogue, in the order that its messages count by. Absent where the digests are equal, or where the
   * acceptor has compared types with this very dialler as the dialler with it.
   */
  readonly catalogue?: readonly TypeVersion[];
}

/**
 * What holds between two versions of a type, as the side that knows both sees it: it reads what the other writes,
 * the other reads what it writes, or both.
 *
 * @wire binary
 */
export type Direction = "both" | "reads" | "writes";

/**
 * What the sender knows about one of the peer's types whose fingerprint is not its own.
 *
 * @wire binary
 */
export interface Opinion {
  readonly name: string;
  readonly direction: Direction;
}

/**
 * All that the sender knows about the peer's types. A type that is not in it is one whose version it does not know.
 *
 * @wire binary
 */
export interface Agreement {
  readonly opinions: readonly Opinion[];
}

/**
 * Asks for a {@link Pong} with the same number.
 *
 * @wire binary
 */
export interface Ping {
  readonly number: u32;
}

/**
 * The answer to a {@link Ping}.
 *
 * @wire binary
 */
export interface Pong {
  readonly number: u32;
  /** Control lane only: of the messages that came on this stream, so many have been consumed. */
  readonly consumed?: int;
}

/**
 * What the sender has consumed on a stream of the user lane, since that was opened: totals, so that a grant that is
 * lost, repeated or overtaken does no harm. Goes over the control lane.
 *
 * @wire binary
 */
export interface Grant {
  /** Which stream: who of the two dialled it, and the number of that dial. */
  readonly dialledBySender: boolean;
  readonly attempt: u32;
  readonly messages: int;
  readonly bytes: int;
}

/**
 * The last frame of a side: it closes the connection. On an open session it is answered by the other side's.
 *
 * @wire binary
 */
export interface GoAway {
  /** See the table in go-away.ts. A number, so that a peer of another version can still say that it does not know it. */
  readonly code: u16;
  /** A sentence for a person. */
  readonly text: string;
  /** Of the messages that came on this stream, so many have been consumed. Absent where the session was not open. */
  readonly consumed?: int;
}
