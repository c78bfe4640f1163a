// Every bound of the pulse thread with its reason. Its port is open to whoever finds it.

/**
 * Connections that others have opened. Each lives for three trips of a question, so that all members of the largest
 * cluster can ask at the same moment; with one more, one of the address that has the most goes.
 */
export const pulseConnectionsMax = 128;

/** From an accepted connection to its question, and from a question of this node's to its answer. */
export const pulseDeadlineMs = 4000;

/** What a question or an answer carries beside its proof: room for what else threads may have to say to each other. */
export const pulseBodyMax = 512;

/** Questions of this node's that are under way, one for each peer: as many as the largest cluster has others. */
export const pulseQuestionsMax = 128;
