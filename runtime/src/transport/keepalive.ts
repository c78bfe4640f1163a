// Whether anybody is at the other end of a stream, as a state machine: a kernel keeps a connection to a machine that is
// gone for a quarter of an hour.
//
// Life is whatever shows that the other end works: bytes that came, bytes that it took. Where an interval passes without
// either, the peer is asked; where that goes on for some intervals, the stream is dead. Time counts in intervals and not
// by a clock, so that a pause of this process alone is never taken for a silence of the peer.

/** Changed in place by {@link step} and by nothing else. */
export interface Keepalive {
  /** Pings without an answer, or any other sign of life, that make a stream dead. */
  readonly missesMax: number;
  /** Something was heard since the last tick. */
  heard: boolean;
  /** Ticks in a row without. */
  misses: number;
  /** Of the last ping. */
  number: number;
  /** When it was sent, while it is not answered. */
  askedAt: number | undefined;
}

export type Event =
  /** An interval has passed. `nowMs`: on the host's clock. */
  | { readonly kind: "ticked"; readonly nowMs: number }
  | { readonly kind: "pongReceived"; readonly number: number; readonly nowMs: number };

export type Effect =
  | { readonly kind: "ping"; readonly number: number }
  /** The peer has answered; how long that took. */
  | { readonly kind: "measured"; readonly roundTripMs: number }
  | { readonly kind: "dead" };

export function newKeepalive(missesMax: number): Keepalive {
  return { missesMax, heard: true, misses: 0, number: 0, askedAt: undefined };
}

/** Something came from the peer or was taken by it: called for every chunk, and so no event. */
export function heard(keepalive: Keepalive): void {
  keepalive.heard = true;
}

export function step(keepalive: Keepalive, event: Event): Effect[] {
  switch (event.kind) {
    case "ticked":
      return ticked(keepalive, event.nowMs);
    case "pongReceived":
      return pongReceived(keepalive, event.number, event.nowMs);
    default:
      return event satisfies never;
  }
}

function ticked(keepalive: Keepalive, nowMs: number): Effect[] {
  keepalive.misses = keepalive.heard ? 0 : keepalive.misses + 1;
  keepalive.heard = false;
  if (keepalive.misses >= keepalive.missesMax) return [{ kind: "dead" }];
  keepalive.number = (keepalive.number + 1) >>> 0;
  keepalive.askedAt = nowMs;
  return [{ kind: "ping", number: keepalive.number }];
}

/** A late answer to an earlier ping is a sign of life, but measures nothing. */
function pongReceived(keepalive: Keepalive, number: number, nowMs: number): Effect[] {
  if (number !== keepalive.number || keepalive.askedAt === undefined) return [];
  const roundTripMs = nowMs - keepalive.askedAt;
  keepalive.askedAt = undefined;
  return [{ kind: "measured", roundTripMs }];
}
