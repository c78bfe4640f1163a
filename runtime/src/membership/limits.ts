// Every bound of membership with its reason. Lengths of text are in UTF-16 units.

/** Members that are not final. A full mesh is meant for about a hundred; beyond this a table is an attack. */
export const membersMax = 4096;

/** Final members that are remembered; the oldest are forgotten first. */
export const tombstonesMax = 1024;

/** How long a final instance is remembered: what still speaks of it as living after a day is refused by nobody. */
export const tombstoneMs = 24 * 60 * 60 * 1000;

/** How long a dead address is dialled: as long as it is remembered, so that healed halves find each other. */
export const redialForMs = tombstoneMs;

/**
 * No claim may carry a higher incarnation. A member raises its own by one for each accusation: at ten a second this
 * takes three years. One that is pushed to the bound by others takes a new instance.
 */
export const incarnationMax = 2 ** 30;

/** Accusers of a member that are told of. More confirmations shorten no suspicion. */
export const accusersMax = 4;

/** Updates of one message that are looked at: a full sync comes in parts that have fewer. */
export const updatesPerMessageMax = 2048;

/** The updates of a part of a full sync: with what is around them it is no longer than what a control lane takes. */
export const syncBytesMax = 31 * 1024;

/** What a member tells about itself: what people can read in a table and what fits into gossip. */
export const nameLengthMax = 64;
export const rolesMax = 16;
export const tagsMax = 32;
export const actorsMax = 128;
export const versionsMax = 16;
export const wordLengthMax = 64;
export const tagValueLengthMax = 256;
/** All of it, encoded: `actorsMax` names of thirty characters fit. */
export const metadataBytesMax = 4096;

/** Entries of the trail of a member; the oldest go first. */
export const trailMax = 32;

/** Probes under way for others; more requests are answered with a nack at once. */
export const relaysMax = 256;

/** Dials of absent and dead members in a gossip interval: forty a second with the profile `lan`. */
export const redialsAtOnceMax = 8;

/** Seeds that are kept. */
export const seedsMax = 64;

/** The first wait between two rebirths; each further one that comes soon is twice as long, up to the last. */
export const rebirthFirstMs = 1_000;
export const rebirthLongestMs = 10 * 60 * 1000;

/** Members that are told of a goodbye by a message of their own; in larger clusters the rest hears of it by gossip. */
export const goodbyesMax = 128;
