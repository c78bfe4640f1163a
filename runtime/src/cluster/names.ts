// Names and groups of actors as an application sees them.

import type { ActorAddress, HandleType, RefIdentity } from "../actors/index.ts";

/** The actor has the name, or is in the group, for as long as it lives, and this node does. */
export interface Entered {
  readonly status: "entered";
}

export interface NotEntered {
  readonly status: "refused";
  /**
   * - `taken`: another actor has the name, as far as is known here.
   * - `noSuchActor`: the actor is gone.
   * - `unbound`: the handle leads to no actor of the cluster.
   * - `full`: this node has entered as much as it may.
   */
  readonly reason: "taken" | "noSuchActor" | "unbound" | "full";
  /** A sentence for a person. */
  readonly text: string;
}

export interface RegisterOptions {
  /**
   * Called once where another node had given the name away before, and this one did not know yet: the name is that
   * actor's. What this throws is not caught.
   */
  readonly onLost?: (standing: ActorAddress) => void;
}

/** What happens to a group: first a snapshot, then every change, in order. */
export type GroupEvent<R> =
  | { readonly kind: "snapshot"; readonly members: readonly R[] }
  | { readonly kind: "joined" | "left"; readonly ref: R };

/** Sets of actors that every node of the cluster knows. A group is there as long as somebody is in it. */
export interface Groups {
  /**
   * Enters an actor, near or far. To enter it again changes nothing. Throws a RangeError where the group's name is empty or
   * longer than 128 UTF-16 units.
   */
  join(group: string, ref: RefIdentity): Entered | NotEntered;
  /** Takes out an actor that this node has entered. False where it has not. */
  leave(group: string, ref: RefIdentity): boolean;
  /** The actors of that definition in a group, as far as is known here, in an order that is the same at every node. */
  members<R extends RefIdentity>(actor: HandleType<R>, group: string): readonly R[];
  /** Tells of the actors of that definition in a group, first those that are there, at once. Calling what it returns ends that. */
  subscribe<R extends RefIdentity>(
    actor: HandleType<R>,
    group: string,
    listener: (event: GroupEvent<R>) => void,
  ): () => void;
}
