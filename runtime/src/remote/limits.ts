// Every bound of what actors send to other nodes, with its reason.

/** Asks and spawns that a node waits for, of one peer: a slot each, found by 16 bits of its number. */
export const inFlightMax = 64 * 1024;

/** What may be sent to an actor before anything is heard of it: enough for a burst, and little for an actor to be sent at once. */
export const creditMessagesFirst = 512;
export const creditBytesFirst = 1024 * 1024;

/** How far a peer may be ahead of what an actor here has taken out of its mailbox, at most; less where the mailbox is smaller. */
export const creditMessages = 1024;
export const creditBytes = 1024 * 1024;

/** A longer tell counts as consumed when it is handled, also where the mailbox has much room: thousands of such are much memory. */
export const lightTellBytes = 1024;

/** Tells that wait for an actor's credit before their senders are told of it: a burst's. */
export const heldMessagesMax = 256;

/** Senders that wait beyond that, tells and asks; those beyond it are refused. */
export const heldWaitingMax = 64 * 1024;

/** The actors that an ask says it is asked for, so that it can be told that it waits for itself. */
export const hopsMax = 16;

/** UTF-16 units of the name and of the text of an outcome without a value. */
export const reasonLengthMax = 128;
export const outcomeTextMax = 1024;

/** Children that run on a node for the supervisors of one other, and starts of such that it was told to forget. */
export const heldChildrenMax = 65_536;

/** How long a spawn on another node may take, in milliseconds. */
export const spawnDeadlineMs = 5_000;
