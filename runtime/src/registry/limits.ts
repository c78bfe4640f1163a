// Every bound of names and groups with its reason.

/** UTF-16 units of a name, or of a group's: what people can read in a line. */
export const keyLengthMax = 128;

/** UTF-16 units of the name of an actor's definition. */
export const actorNameLengthMax = 512;

/** Entries of one node, names and memberships together. Each is known at every node of the cluster. */
export const entriesMax = 4096;

/** Nodes whose entries are kept: as many as there can be members. */
export const nodesMax = 4096;

/** Changes of a node that are known while one before them is not. Beyond that the state is waited for. */
export const aheadMax = 1024;

/** No time and no revision is beyond this: both grow by one with each change. */
export const revisionMax = 2 ** 52;

/** The entries or changes of one message, encoded: with what is around them no longer than what a control lane takes. */
export const messageBytesMax = 31 * 1024;

/** Parts of a state: as many as all entries could take if each filled a message. */
export const partsMax = entriesMax;

/** How often a node says how many changes of it there have been, in milliseconds: what was lost is noticed by that. */
export const digestEveryMs = 10_000;

/** A node asks another for its state at most so often, and is served at most so often, in milliseconds. */
export const wantedEveryMs = 1_000;
export const servedEveryMs = 100;
