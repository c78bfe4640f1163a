// Every bound of the transport with its reason. "Length" is a frame's length field: its kind and its body.

/**
 * Before the peer is known: a hello takes about a hundred bytes, its longest parts a host name (at most 253) and a
 * digest. Whoever merely found the port can make us keep no more than this.
 */
export const helloLengthMax = 4 * 1024;

/** While the sides compare their types: room for ten thousand names with their fingerprints. */
export const catalogueLengthMax = 1024 * 1024;

/**
 * Afterwards: a frame carries a message of at most {@link chunkBytes}, or a chunk. What is on its way cannot be
 * overtaken, so a frame must not take long.
 */
export const frameLengthMax = 64 * 1024;

/** Longer messages go in chunks of so many bytes, so that those of other pairs come in between. */
export const chunkBytes = 32 * 1024;

/**
 * Up to this length a message's chunks go out one behind the other where no message waits for its turn: to have each of
 * them wait would cost more than others gain by it.
 */
export const cutBytesMax = 4 * chunkBytes;

/** The longest message that is taken: in memory as a whole, and as a value many times that. */
export const messageLengthMax = 16 * 1024 * 1024;

/** Messages in chunks that are put together at a time, for a peer; a sender with more begins them one after the other. */
export const assembliesMax = 32;

/** Their bytes together: two of the longest. */
export const assembledBytesMax = 2 * messageLengthMax;

/**
 * How far a peer may be ahead of what was consumed on the user lane. As many bytes keep a link of 100 MB/s busy across
 * 40 ms; the number of messages is what makes about as many bytes of short ones. A paused reader keeps no more than this.
 */
export const windowBytes = 4 * 1024 * 1024;
export const windowMessages = 64 * 1024;

/**
 * A body that arrives in pieces is collected in a buffer that begins no larger than this and doubles as bytes
 * arrive, so that a declared length costs nothing by itself. The value lets a 64 KB payload with its wrapping fit
 * without a second allocation.
 */
export const bodyFirstBytes = 128 * 1024;

/** Outgoing frames share a buffer of this size; it is handed to the socket when full. Larger ones gain nothing. */
export const batchBytes = 64 * 1024;

/**
 * What may wait in our own memory, for a lane, while the socket takes nothing or no credit is left. A dozen batches keep
 * a fast link busy across a pause of the reader; a sender that is told sooner reacts sooner, and what it sends when there
 * is room again keeps the process from pings and probes for a millisecond, and not for ten.
 */
export const queuedBytesMax = 1024 * 1024;

/** For a socket to open, in milliseconds. A system's own limit is two minutes, too long to learn of a dead host. */
export const connectDeadlineMs = 5_000;

/** Between two pings, in milliseconds: a lane on which nothing was heard for three of them is dead. */
export const pingIntervalMs = 1_000;

/** Pings in a row that nothing was heard after. One can be the fault of a pause, three hardly. */
export const pingMissesMax = 3;

/** The first wait before a peer is dialled again, in milliseconds; each further one is twice as long. */
export const redialFirstMs = 100;

/** The longest wait before a peer is dialled again, in milliseconds. */
export const redialLongestMs = 10_000;

/** From `connect` to the peer with both lanes, in milliseconds, lost dials included. */
export const connectPatienceMs = 15_000;

/** Instances that have been replaced and are still known as such; the oldest are forgotten. */
export const replacedInstancesMax = 1024;

/** Of them, those of one host and port: what of an old start may still be on its way is of the last few. */
export const replacedInstancesOfNameMax = 64;

/** Roles of a node, and UTF-16 units of each: they have to fit into a hello. */
export const rolesMax = 16;
export const roleLengthMax = 64;

/** What a message that waits for its turn costs beside its bytes: the objects around it. */
export const waitingMessageBytes = 128;

/** From the opened socket to the agreed session, in milliseconds. Three round trips on a bad link fit well. */
export const handshakeDeadlineMs = 5_000;

/** How long a closed connection may take to carry its last bytes out and see the peer close, in milliseconds. */
export const lingerMs = 1_000;

/**
 * Streams whose handshake is not finished; each costs a socket and at most a hello. With more of them, the oldest that
 * has shown no hello is given up for the new one: those who only hold sockets keep nobody out.
 */
export const pendingHandshakesMax = 128;

/** Text that goes into a go-away: enough for a sentence with two names in it. */
export const goAwayTextMax = 512;
