// Every bound of actors with its reason.

/** Messages that wait in a mailbox, where nobody says otherwise: bursts fit, and a slow actor is noticed soon. */
export const mailboxMessagesDefault = 8192;

/** The largest mailbox that can be asked for. */
export const mailboxMessagesMax = 1024 * 1024;

/** Senders that wait for room in one mailbox; those beyond it are refused, so that also they are bounded. */
export const sendersWaitingMax = 64 * 1024;

/** How long an ask may take where neither method nor caller says otherwise, in milliseconds. */
export const deadlineDefaultMs = 5_000;

/** Deadlines are looked at so often, in milliseconds: one timer for all of them, instead of one each. */
export const deadlineTickMs = 25;

/** Messages that one actor handles before the next one has its turn. */
export const messagesPerTurn = 256;

/** Messages between two looks at the clock, and how long actors run before other events have their turn, in milliseconds. */
export const messagesPerSlice = 2048;
export const sliceMs = 2;
export const slicesMax = 64;

/** How long a handler that is at work, or a `[stopping]`, may hold up the end of its actor, in milliseconds. */
export const stopPatienceMs = 5_000;

/** Actors that are looked at for one ask to find out whether it closes a circle of actors that wait for each other. */
export const cycleSearchMax = 1024;
