// How long the transport waits, from how fast the profile wants to know: a dial's verdict is evidence for membership.

import type { Profile } from "../membership/index.ts";
import type { TransportTimes } from "../transport/index.ts";

/**
 * A stream is dead after three pings without an answer, and who takes a connection and says nothing is silent after six
 * probe intervals: long enough for a loop that was blocked for two seconds, with the profile `lan`.
 */
export function transportTimes({ probeIntervalMs }: Profile): Partial<TransportTimes> {
  const answerMs = within(6 * probeIntervalMs, 1_500, 5_000);
  return {
    pingIntervalMs: within(2 * probeIntervalMs, 400, 1_000),
    connectDeadlineMs: answerMs,
    handshakeDeadlineMs: answerMs,
    connectPatienceMs: 3 * answerMs,
  };
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
