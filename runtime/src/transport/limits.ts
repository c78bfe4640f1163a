// Every bound of the transport with its reason. "Length" is a frame's length field: its kind and its body.

/**
 * Before the peer is known: a hello takes about a hundred bytes, its longest parts a host name (at most 253) and a
 * digest. Whoever merely found the port can make us keep no more than this.
 */
export const helloLengthMax = 4 * 1024;

/** While the sides compare their types: room for ten thousand names with their fingerprints. */
export const catalogueLengthMax = 1024 * 1024;

/** Afterwards. Longer values belong in several messages: a single one holds up all that come behind it. */
export const frameLengthMax = 16 * 1024 * 1024;

/**
 * A body that arrives in pieces is collected in a buffer that begins no larger than this and doubles as bytes
 * arrive, so that a declared length costs nothing by itself. The value lets a 64 KB payload with its wrapping fit
 * without a second allocation.
 */
export const bodyFirstBytes = 128 * 1024;

/** Outgoing frames share a buffer of this size; it is handed to the socket when full. Larger ones gain nothing. */
export const batchBytes = 64 * 1024;

/**
 * What may wait in our own memory while the socket takes nothing. A few dozen batches keep a fast link busy across
 * a pause of the reader; a sender that is told "full" sooner reacts sooner.
 */
export const queuedBytesMax = 4 * 1024 * 1024;

/** For a socket to open, in milliseconds. A system's own limit is two minutes, too long to learn of a dead host. */
export const connectDeadlineMs = 5_000;

/** From the opened socket to the agreed session, in milliseconds. Three round trips on a bad link fit well. */
export const handshakeDeadlineMs = 5_000;

/** How long a closed connection may take to carry its last bytes out and see the peer close, in milliseconds. */
export const lingerMs = 1_000;

/** Connections whose handshake is not finished; each costs a socket and at most a hello. More are dropped. */
export const pendingHandshakesMax = 128;

/** Text that goes into a go-away: enough for a sentence with two names in it. */
export const goAwayTextMax = 512;
