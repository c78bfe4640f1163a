// What two nodes say to each other before the first message. These are wire types like any user's: their codec is
// generated, committed, and held by the same rules of evolution. A hello must be readable by every version there
// will ever be: it grows at its tail only.

import type { u16, u32, u64 } from "../numbers.ts";

/**
 * A node, for as long as it lives: a new start at the same address is another instance and so another node.
 *
 * @wire
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
 * The first frame of each side, behind the magic.
 *
 * @wire
 */
export interface Hello {
  /** The versions of this protocol that the sender speaks, both inclusive. */
  readonly protocolMin: u16;
  readonly protocolMax: u16;
  readonly node: NodeId;
  /** Stands for the sender's whole catalogue: where both digests are equal, so are all types. */
  readonly catalogueDigest: string;
}

/**
 * A type as the sender knows it.
 *
 * @wire
 */
export interface TypeVersion {
  readonly name: string;
  readonly fingerprint: string;
}

/**
 * The hello was accepted.
 *
 * @wire
 */
export interface Welcome {
  /** The version both will speak: the highest that both know. */
  readonly protocol: u16;
  /** The longest frame that the sender takes once the session is open; see `frame.ts` for what counts. */
  readonly frameLengthMax: u32;
  /** The sender's catalogue, in the order that its messages count by; absent where the digests are equal. */
  readonly catalogue?: readonly TypeVersion[];
}

/**
 * What holds between two versions of a type, as the side that knows both sees it: it reads what the other writes,
 * the other reads what it writes, or both.
 *
 * @wire
 */
export type Direction = "both" | "reads" | "writes";

/**
 * What the sender knows about one of the peer's types whose fingerprint is not its own.
 *
 * @wire
 */
export interface Opinion {
  readonly name: string;
  readonly direction: Direction;
}

/**
 * All that the sender knows about the peer's types. A type that is not in it is one whose version it does not know.
 *
 * @wire
 */
export interface Agreement {
  readonly opinions: readonly Opinion[];
}

/**
 * The last frame of a side: it closes the connection.
 *
 * @wire
 */
export interface GoAway {
  /** See the table in go-away.ts. A number, so that a peer of another version can still say that it does not know it. */
  readonly code: u16;
  /** A sentence for a person. */
  readonly text: string;
}
