// What can be said of an actor that is to be started. Ways to choose a node are given by whoever has nodes.

/** A way to choose a node, as a cluster gives it. */
export interface Placement {
  readonly [placement]: string;
}

/** Marks a {@link Placement}; its value says in words what is chosen. */
export const placement: unique symbol = /* @__PURE__ */ Symbol("placement");

export interface SpawnOptions {
  /** For people: shown in logs and trees. Default: the name of the definition with the actor's id. */
  readonly name?: string;
  /** How many messages wait at most. Default: what the definition says, else 8192. */
  readonly mailboxMessages?: number;
}

export interface RemoteSpawnOptions extends SpawnOptions {
  /** Where: a node's name, or what a cluster gives for the purpose. */
  readonly on: string | Placement;
}
