// Timings for three kinds of network, and the formulas that scale them with the size of the cluster.

/** Milliseconds, unless a name says otherwise. */
export interface Profile {
  /** From the begin of one probe to the next. Local health multiplies it. */
  readonly probeIntervalMs: number;
  /** For a direct answer, before the peer's own round trips are known; afterwards from half to four times this. */
  readonly probeTimeoutMs: number;
  /** How many others are asked to probe before anybody is accused. */
  readonly indirectProbes: number;
  /** The shortest suspicion: so many probe intervals, times log10 of the cluster's size where that is above 1. */
  readonly suspicionMultiplier: number;
  /** The longest suspicion, of a lone accuser: so many times the shortest. */
  readonly suspicionMaxMultiplier: number;
  /** Distinct accusers, beside the first, that make the suspicion the shortest. */
  readonly confirmations: number;
  readonly gossipIntervalMs: number;
  /** To how many members at a time. */
  readonly gossipFanout: number;
  /** Of updates in a message. */
  readonly gossipBytesMax: number;
  /** An update goes out so many times, times log10 of the cluster's size, rounded up. */
  readonly retransmitMultiplier: number;
  /** Between full syncs with one other member, in clusters of up to 32. */
  readonly syncIntervalMs: number;
  /** Between dials of an absent member or a seed: the first wait, doubled up to the longest. */
  readonly redialFirstMs: number;
  readonly redialLongestMs: number;
  /** A loop that was late by so much accuses nobody, and one whose pulse lags so much is stalled. */
  readonly stallMs: number;
}

export type ProfileName = "local" | "lan" | "wan";

export const profiles: Readonly<Record<ProfileName, Profile>> = {
  local: {
    probeIntervalMs: 200,
    probeTimeoutMs: 80,
    indirectProbes: 3,
    suspicionMultiplier: 3,
    suspicionMaxMultiplier: 3,
    confirmations: 2,
    gossipIntervalMs: 50,
    gossipFanout: 3,
    gossipBytesMax: 4096,
    retransmitMultiplier: 6,
    syncIntervalMs: 10_000,
    redialFirstMs: 250,
    redialLongestMs: 5_000,
    stallMs: 500,
  },
  lan: {
    probeIntervalMs: 500,
    probeTimeoutMs: 200,
    indirectProbes: 3,
    suspicionMultiplier: 4,
    suspicionMaxMultiplier: 3,
    confirmations: 2,
    gossipIntervalMs: 200,
    gossipFanout: 3,
    gossipBytesMax: 4096,
    retransmitMultiplier: 6,
    syncIntervalMs: 30_000,
    redialFirstMs: 1_000,
    redialLongestMs: 30_000,
    stallMs: 1_500,
  },
  wan: {
    probeIntervalMs: 2_000,
    probeTimeoutMs: 800,
    indirectProbes: 3,
    suspicionMultiplier: 5,
    suspicionMaxMultiplier: 3,
    confirmations: 2,
    gossipIntervalMs: 500,
    gossipFanout: 4,
    gossipBytesMax: 4096,
    retransmitMultiplier: 6,
    syncIntervalMs: 60_000,
    redialFirstMs: 2_000,
    redialLongestMs: 60_000,
    stallMs: 3_000,
  },
};

/** Throws a RangeError that names what is wrong: every timing is a finite number above 0, and none makes the next moot. */
export function checkProfile(profile: Profile): void {
  for (const [name, value] of Object.entries(profile)) {
    const least = name === "indirectProbes" || name === "confirmations" ? 0 : Number.MIN_VALUE;
    if (!(Number.isFinite(value) && value >= least))
      throw new RangeError(`${name} is ${value}: expected more`);
  }
  if (profile.probeTimeoutMs > profile.probeIntervalMs) {
    throw new RangeError("probeTimeoutMs is longer than probeIntervalMs");
  }
  if (profile.redialFirstMs > profile.redialLongestMs) {
    throw new RangeError("redialFirstMs is longer than redialLongestMs");
  }
}

/** How often an update is told, in a cluster of `size`: enough that an epidemic reaches all (SWIM, section 4.1). */
export function transmitsMax({ retransmitMultiplier }: Profile, size: number): number {
  return Math.ceil(retransmitMultiplier * Math.max(1, Math.ceil(Math.log10(size + 1))));
}

/** Between full syncs in a cluster of `size`: doubled with each doubling beyond 32, so that the sum stays bearable. */
export function syncEveryMs({ syncIntervalMs }: Profile, size: number): number {
  return size <= 32 ? syncIntervalMs : syncIntervalMs * (Math.ceil(Math.log2(size / 32)) + 1);
}

/**
 * Messages that a node sends in a second at most, on average: a probe, its answer to one, and, where a probe fails, its
 * requests and what others ask of it; gossip, as long as there is news; what it tells the accused.
 */
export function messagesPerSecondMax(profile: Profile): number {
  const { probeIntervalMs, gossipIntervalMs, gossipFanout, indirectProbes } = profile;
  return (1000 / probeIntervalMs) * (3 + 4 * indirectProbes) + (1000 / gossipIntervalMs) * gossipFanout;
}

/**
 * Messages that a node sends in a second on average where nothing happens: its probes and its answers to those of
 * others, and its share of the full syncs, in a cluster whose table fits into four parts.
 */
export function idleMessagesPerSecondMax({ probeIntervalMs, syncIntervalMs }: Profile): number {
  return 2 * (1000 / probeIntervalMs) + 4 * 4 * (1000 / syncIntervalMs) + 1;
}
