// When a lane that is down is dialled again, and what its loss says about the peer, as a state machine.
//
// A stream that closes without a goodbye is no death: the peer is dialled at once, and what comes of that is evidence
// for those who judge. Then, as long as somebody wants the peer, it is dialled again and again, each time after about
// twice the wait, with jitter, so that two nodes that keep refusing each other's dials come apart.
//
// A peer whose other lane is open is there: that it cannot be dialled says something of its address and nothing of the
// peer, which is given time to dial itself.

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

/** So often is a process that may be ending dialled again, first after so many milliseconds, then twice that each time. */
const quickDialsMax = 5;
const quickWaitMs = 2;

export interface RedialConfig {
  /** The peer can be dialled at all. */
  readonly canDial: boolean;
  /** The first wait, and the longest. */
  readonly firstMs: number;
  readonly longestMs: number;
  /** How long the peer is given to open a lane that it ought to open. */
  readonly patienceMs: number;
}

export type Phase = "idle" | "dialling" | "waiting" | "up" | "over";

/** Changed in place by {@link step} and by nothing else, but for `wanted`. */
export interface Redial {
  config: RedialConfig;
  phase: Phase;
  /** Somebody wants the peer: failures do not end it. */
  wanted: boolean;
  /** The lane was lost, and nothing is known yet about why. */
  verdictDue: boolean;
  /** Since the loss, or since it was awaited, the peer has had its time to open the lane itself. */
  hasWaited: boolean;
  /** Dials in a row that came to nothing. */
  failures: number;
  /** Dials since the lane was lost that were repeated in a moment. */
  quickDials: number;
  /** The token of the timer that counts; others are stale. */
  timer: number;
}

/** `random` in [0, 1). `otherIsOpen`: the peer's other lane is. */
interface Circumstances {
  readonly random: number;
  readonly otherIsOpen: boolean;
}

export type Event =
  /** The lane is needed now. */
  | { readonly kind: "needed" }
  /** The peer is about to open it. */
  | { readonly kind: "awaited" }
  /** A dial that began before anybody knew whom it would reach has reached the peer. */
  | { readonly kind: "dialled" }
  /** Perhaps in the place of a stream that was the lane. What the peer has only begun is none of these. */
  | { readonly kind: "opened" }
  /** It was up, and ended without a goodbye. */
  | { readonly kind: "broken" }
  /** A dial came to nothing. */
  | ({ readonly kind: "failed"; readonly verdict: Exclude<Verdict, "reopened"> } & Circumstances)
  /** A dial was broken off by the peer's system before its handshake. */
  | ({ readonly kind: "reset" } & Circumstances)
  /** One of the two gave a dial up because of another stream. */
  | { readonly kind: "dialLost"; readonly random: number }
  | ({ readonly kind: "timerFired"; readonly token: number } & Circumstances)
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
  return {
    config,
    phase: "idle",
    wanted,
    verdictDue: false,
    hasWaited: false,
    failures: 0,
    quickDials: 0,
    timer: 0,
  };
}

export function step(redial: Redial, event: Event): Effect[] {
  if (redial.phase === "over") return [];
  switch (event.kind) {
    case "needed":
      return redial.phase === "idle" || redial.phase === "waiting" ? dial(redial) : [];
    case "awaited":
      return redial.phase === "idle" ? waitForPeer(redial) : [];
    case "dialled":
      redial.phase = "dialling";
      return clearTimer(redial);
    case "opened":
      return opened(redial);
    case "broken":
      redial.quickDials = 0;
      redial.verdictDue = true;
      return dial(redial);
    case "reset":
      return reset(redial, event);
    case "failed":
      return failed(redial, event.verdict, event);
    case "dialLost":
      return dialLost(redial, event.random);
    case "timerFired":
      return timerFired(redial, event.token, event);
    case "ended":
      redial.phase = "over";
      return clearTimer(redial);
    default:
      return event satisfies never;
  }
}

function opened(redial: Redial): Effect[] {
  redial.verdictDue ||= redial.phase === "up";
  redial.phase = "up";
  redial.failures = 0;
  redial.hasWaited = false;
  return [...clearTimer(redial), ...verdict(redial, "reopened")];
}

/** A node that cannot be dialled is given time to dial itself. */
function dial(redial: Redial): Effect[] {
  if (!redial.config.canDial) return waitForPeer(redial);
  redial.phase = "dialling";
  return [...clearTimer(redial), { kind: "dial" }];
}

function failed(redial: Redial, because: Verdict, circumstances: Circumstances): Effect[] {
  if (redial.phase !== "dialling") return [];
  if (because === "refused" && circumstances.otherIsOpen && mayBeEnding(redial)) return dialSoon(redial);
  return noLane(redial, because, circumstances);
}

function noLane(redial: Redial, because: Verdict, { random, otherIsOpen }: Circumstances): Effect[] {
  if (otherIsOpen && !redial.wanted && !redial.hasWaited) return waitForPeer(redial);
  // Where nobody listens the peer may listen all the same, elsewhere: it is alive.
  const evidence = verdict(redial, otherIsOpen && because === "refused" ? "unreachable" : because);
  redial.failures++;
  if (redial.wanted) return [...evidence, ...wait(redial, backoffMs(redial, random))];
  redial.phase = "over";
  return [...evidence, { kind: "giveUp" }];
}

function reset(redial: Redial, circumstances: Circumstances): Effect[] {
  return mayBeEnding(redial) ? dialSoon(redial) : failed(redial, "unreachable", circumstances);
}

/**
 * A process that ends closes its sockets one after the other, in any order: where its listener is later than a lane, the
 * dial is taken and broken off; where it is earlier than the other lane, nobody listens and that lane is open. Neither
 * proves anything, and a moment later both are gone.
 */
function mayBeEnding(redial: Redial): boolean {
  return redial.verdictDue && redial.phase === "dialling" && redial.quickDials < quickDialsMax;
}

function dialSoon(redial: Redial): Effect[] {
  return wait(redial, quickWaitMs * 2 ** redial.quickDials++);
}

/** The peer lives, and has or is about to have another stream. */
function dialLost(redial: Redial, random: number): Effect[] {
  return redial.phase === "dialling" ? wait(redial, backoffMs(redial, random)) : [];
}

function timerFired(redial: Redial, token: number, circumstances: Circumstances): Effect[] {
  if (token !== redial.timer || redial.phase !== "waiting") return [];
  if (redial.config.canDial) return dial(redial);
  return noLane(redial, "silent", circumstances);
}

function waitForPeer(redial: Redial): Effect[] {
  redial.hasWaited = true;
  return wait(redial, redial.config.patienceMs);
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
