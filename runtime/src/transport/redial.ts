// When a lane that is down is dialled again, and what its loss says about the peer, as a state machine.
//
// A stream that closes without a goodbye is no death: the peer is dialled at once, and what comes of that is evidence
// for those who judge. Then, as long as somebody wants the peer, it is dialled again and again, each time after about
// twice the wait, with jitter, so that two nodes that keep refusing each other's dials come apart.

/**
 * What the first dial after a loss came to.
 *
 * - `reopened`: the lane is there again, with the same instance.
 * - `refused`: nobody listens at the address any more.
 * - `replaced`: another instance answers there.
 * - `silent`: its system took the connection, and there was no handshake in its time: frozen, or very slow.
 * - `unreachable`: no answer to the connect, no way to it, or anything else that is no proof.
 */
export type Verdict = "reopened" | "refused" | "replaced" | "silent" | "unreachable";

/** So often is a dial repeated that was broken off, the first time after so many milliseconds, then twice that each time. */
const resetsMax = 5;
const resetWaitMs = 2;

export interface RedialConfig {
  /** The peer can be dialled at all. */
  readonly canDial: boolean;
  /** The first wait, and the longest. */
  readonly firstMs: number;
  readonly longestMs: number;
  /** How long the peer is given to open a lane that it ought to open. */
  readonly patienceMs: number;
}

export type Phase = "idle" | "dialling" | "waiting" | "taken" | "up" | "over";

/** Changed in place by {@link step} and by nothing else. */
export interface Redial {
  config: RedialConfig;
  phase: Phase;
  /** Somebody wants the peer: failures do not end it. */
  wanted: boolean;
  /** The lane was lost, and nothing is known yet about why. */
  verdictDue: boolean;
  /** Dials in a row that came to nothing. */
  failures: number;
  /** Dials since the lane was lost that were taken and broken off. */
  resets: number;
  /** The token of the timer that counts; others are stale. */
  timer: number;
}

export type Event =
  /** The lane is needed now. */
  | { readonly kind: "needed" }
  /** The peer is about to open it. */
  | { readonly kind: "awaited" }
  /** A stream of the peer's was accepted, whose handshake goes on. */
  | { readonly kind: "taken" }
  | { readonly kind: "opened" }
  /** It was up, and ended without a goodbye. */
  | { readonly kind: "broken" }
  /** A dial came to nothing, or the stream that was taken. `random` in [0, 1). */
  | { readonly kind: "failed"; readonly verdict: Exclude<Verdict, "reopened">; readonly random: number }
  /** A dial was broken off by the peer's system before its handshake. */
  | { readonly kind: "reset"; readonly random: number }
  /** One of the two gave a dial up because of another stream. */
  | { readonly kind: "dialLost"; readonly random: number }
  | { readonly kind: "timerFired"; readonly token: number; readonly random: number }
  /** Nobody is to open this lane again. */
  | { readonly kind: "ended" };

export type Effect =
  | { readonly kind: "dial" }
  | { readonly kind: "setTimer"; readonly token: number; readonly afterMs: number }
  | { readonly kind: "clearTimer" }
  | { readonly kind: "verdict"; readonly verdict: Verdict }
  /** Nothing more will be tried. */
  | { readonly kind: "giveUp" };

export function newRedial(config: RedialConfig, wanted: boolean): Redial {
  return { config, phase: "idle", wanted, verdictDue: false, failures: 0, resets: 0, timer: 0 };
}

export function step(redial: Redial, event: Event): Effect[] {
  if (redial.phase === "over") return [];
  switch (event.kind) {
    case "needed":
      return redial.phase === "idle" || redial.phase === "waiting" ? dial(redial) : [];
    case "awaited":
      return redial.phase === "idle" ? wait(redial, redial.config.patienceMs) : [];
    case "taken":
      redial.verdictDue ||= redial.phase === "up";
      redial.phase = "taken";
      return clearTimer(redial);
    case "opened":
      return opened(redial);
    case "broken":
      redial.resets = 0;
      redial.verdictDue = true;
      return dial(redial);
    case "reset":
      return reset(redial, event.random);
    case "failed":
      return failed(redial, event.verdict, event.random);
    case "dialLost":
      return dialLost(redial, event.random);
    case "timerFired":
      return timerFired(redial, event.token, event.random);
    case "ended":
      redial.phase = "over";
      return clearTimer(redial);
    default:
      return event satisfies never;
  }
}

function opened(redial: Redial): Effect[] {
  redial.phase = "up";
  redial.failures = 0;
  return [...clearTimer(redial), ...verdict(redial, "reopened")];
}

/** A node that cannot be dialled is given time to dial itself. */
function dial(redial: Redial): Effect[] {
  if (!redial.config.canDial) return wait(redial, redial.config.patienceMs);
  redial.phase = "dialling";
  return [...clearTimer(redial), { kind: "dial" }];
}

function failed(redial: Redial, because: Verdict, random: number): Effect[] {
  if (redial.phase !== "dialling" && redial.phase !== "taken") return [];
  if (redial.phase === "taken" && isFresh(redial)) return wait(redial, redial.config.patienceMs);
  return noLane(redial, because, random);
}

function noLane(redial: Redial, because: Verdict, random: number): Effect[] {
  const evidence = verdict(redial, because);
  redial.failures++;
  if (redial.wanted) return [...evidence, ...wait(redial, backoffMs(redial, random))];
  redial.phase = "over";
  return [...evidence, { kind: "giveUp" }];
}

/**
 * A process that ends closes its sockets one after the other: its listener may be the last, and a dial that it took until
 * then is broken off. That proves nothing; the next dial, a moment later, is refused.
 */
function reset(redial: Redial, random: number): Effect[] {
  const isEnding = redial.verdictDue && redial.phase === "dialling" && redial.resets < resetsMax;
  if (!isEnding) return failed(redial, "unreachable", random);
  return wait(redial, resetWaitMs * 2 ** redial.resets++);
}

/** The peer lives, and has or is about to have another stream; unless it was the peer's own that it gave up. */
function dialLost(redial: Redial, random: number): Effect[] {
  if (redial.phase === "taken" && isFresh(redial)) return wait(redial, redial.config.patienceMs);
  const isUnderWay = redial.phase === "dialling" || redial.phase === "taken";
  return isUnderWay ? wait(redial, backoffMs(redial, random)) : [];
}

/** It has never been up, and only the peer wants it: then the peer shall open it. */
function isFresh({ wanted, verdictDue }: Redial): boolean {
  return !wanted && !verdictDue;
}

function timerFired(redial: Redial, token: number, random: number): Effect[] {
  if (token !== redial.timer || redial.phase !== "waiting") return [];
  if (redial.config.canDial) return dial(redial);
  return noLane(redial, "silent", random);
}

function wait(redial: Redial, afterMs: number): Effect[] {
  redial.phase = "waiting";
  redial.timer++;
  return [{ kind: "setTimer", token: redial.timer, afterMs }];
}

/** What is waited before the next dial: half of it is certain, half is chance. */
function backoffMs({ config, failures }: Redial, random: number): number {
  const longest = Math.min(config.longestMs, config.firstMs * 2 ** Math.min(failures, 30));
  return longest * (0.5 + random / 2);
}

function verdict(redial: Redial, verdict: Verdict): Effect[] {
  if (!redial.verdictDue) return [];
  redial.verdictDue = false;
  return [{ kind: "verdict", verdict }];
}

function clearTimer(redial: Redial): Effect[] {
  redial.timer++;
  return [{ kind: "clearTimer" }];
}
