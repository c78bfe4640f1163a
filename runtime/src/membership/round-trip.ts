// What is known of the way to a peer: its round trip and how much that varies (as in RFC 6298).

/** Changed in place by {@link measured}. */
export interface RoundTrip {
  meanMs: number | undefined;
  deviationMs: number;
}

export function newRoundTrip(): RoundTrip {
  return { meanMs: undefined, deviationMs: 0 };
}

/** A direct probe was answered. What went through others, or came late, measures nothing. */
export function measured(trip: RoundTrip, roundTripMs: number): void {
  if (!(roundTripMs >= 0)) return;
  if (trip.meanMs === undefined) {
    trip.meanMs = roundTripMs;
    trip.deviationMs = roundTripMs / 2;
    return;
  }
  trip.deviationMs += (Math.abs(trip.meanMs - roundTripMs) - trip.deviationMs) / 4;
  trip.meanMs += (roundTripMs - trip.meanMs) / 8;
}

/** For a direct answer: the mean and four deviations, from half to four times what the profile says. */
export function timeoutMs({ meanMs, deviationMs }: RoundTrip, usualMs: number): number {
  if (meanMs === undefined) return usualMs;
  return Math.min(4 * usualMs, Math.max(usualMs / 2, meanMs + 4 * deviationMs));
}
