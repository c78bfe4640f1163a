// What nodes tell each other about the names and groups of actors. Each node tells of its own entries alone, and whose
// they are says the connection. These are wire types like any user's, binary alone, with a committed codec. Nothing here
// may come to mean more by arriving once, in order, or at all.

import type { int, u32 } from "../numbers.ts";

/** Where an actor is. */
export interface Located {
  /** Its node as text, instance included. */
  readonly node: string;
  readonly id: int;
  /** The name of its definition. */
  readonly actor: string;
}

/** An actor has a name, or is in a group. */
export interface Entry {
  readonly kind: "name" | "group";
  readonly key: string;
  readonly actor: Located;
  /** When it was entered, on the logical clock that all nodes of a cluster share: later is more. */
  readonly time: int;
  /** Which change of its node's entries it was, from 1 on without gaps: no two entries of a node share one. */
  readonly revision: int;
}

/** A change of a node's entries. */
export type Change = Put | Drop;

export interface Put {
  readonly kind: "put";
  readonly entry: Entry;
}

export interface Drop {
  readonly kind: "drop";
  readonly revision: int;
  /** The revision of the entry that is no more. */
  readonly of: int;
}

/** Changes as they happen. */
export interface Changes {
  readonly kind: "changes";
  readonly changes: readonly Change[];
}

/** How many changes there have been. Whoever knows of fewer may want the state. */
export interface Digest {
  readonly kind: "digest";
  readonly revision: int;
}

/** The state is wanted. */
export interface Wanted {
  readonly kind: "wanted";
}

/** A part of all entries as they are after so many changes. */
export interface State {
  readonly kind: "state";
  readonly revision: int;
  /** Which part, from 0 on, of how many. */
  readonly part: u32;
  readonly parts: u32;
  readonly entries: readonly Entry[];
}

/** @wire binary */
export type RegistryMessage = Changes | Digest | Wanted | State;
