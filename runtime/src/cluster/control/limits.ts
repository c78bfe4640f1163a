// Every bound of control, with its reason.

/** Questions of one peer that are being answered, watches among them: a person asks one at a time. */
export const requestsMax = 8;

/** UTF-16 units of the text that names a member, or of a seed: a host name with its scheme and port fits. */
export const wordLengthMax = 300;

/** Starts of a node that a `why` tells of, the latest: one that restarts all day has hundreds. */
export const startsMax = 4;

/** Supervisors and children that one answer tells of, and those of a whole tree: more than a person reads. */
export const forestEntriesMax = 1024;
export const treeEntriesMax = 8192;

/** Children that are named where they are started again together. */
export const restartedNamesMax = 8;

/** Supervisors that one that is told of is below, at most. */
export const treeDepthMax = 32;

/** UTF-16 units of what names a supervisor, a child or an actor, and of what one has thrown; the rest is cut. */
export const supervisedNameMax = 128;
export const thrownTextMax = 200;

/** How often whoever has a node leave or be drained is told that it goes on, in milliseconds. */
export const goesOnEveryMs = 1_000;

/** How long members are waited for that are asked for their supervisors, in milliseconds: somebody sits at a terminal. */
export const forestPatienceMs = 2_000;
