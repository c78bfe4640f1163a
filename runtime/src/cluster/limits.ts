// Every bound of a cluster's wiring with its reason.

/** Events that wait for a reader: some seconds of the busiest cluster. */
export const eventsWaitingMax = 1024;

/** Members that are dialled at a time because there is no connection to them: the rest waits for its turn. */
export const meshDialsMax = 16;

/**
 * With more members missing than this, they are not looked for at every news, but once a gossip interval or, with more than
 * can be real, a quarter of a millisecond for each.
 */
export const meshAtOnceMax = 128;

/** Addresses that are dialled at a time, for whatever reason; further ones count as unreachable. */
export const dialsMax = 128;

/** Of the token of a member's pulse: what is longer is none, and is not kept. */
export const pulseTokenBytesMax = 64;

/** The longest wait of a timer, in milliseconds: what is due later is looked at anew then. */
export const timerLongestMs = 60_000;
