// Messages that must not be lost, between two instances: numbered, acknowledged together, sent again from the first that
// was not, as a state machine. It outlives the streams that carry it; a node that keeps too much waiting is fenced, as
// nothing here may be lost silently. (Cumulative acknowledgement and going back, as in TCP: RFC 9293, 3.4 and 3.8.)

/** What waits for the other side, whether sent or not. Beyond it the peer is fenced. */
export const pendingMax = 16_384;

/** Sent and not acknowledged: what may stand before a ping on the control lane. */
export const inFlightMax = 256;

/** An acknowledgement waits for so long for a message that carries it. */
export const acknowledgeMs = 50;

/** So many come without an answer before one is sent at once. */
export const acknowledgeEvery = 64;

/** Without progress for so long, what is in flight is sent again. */
export const resendMs = 1000;

export type LaneMessage<B> =
  | { readonly kind: "sequenced"; readonly sequence: number; readonly acknowledged: number; readonly body: B }
  | { readonly kind: "acknowledged"; readonly acknowledged: number }
  /** The sender keeps this lane no more, and the receiver is to end it too. */
  | { readonly kind: "over" };

/** Changed in place by {@link step} and by nothing else. */
export interface SystemLane<B> {
  phase: "down" | "up" | "blocked" | "over";
  /** Not acknowledged; the first has the number behind `acknowledged`. */
  pending: B[];
  /** Of ours, by the other side. */
  acknowledged: number;
  /** How many of `pending` are on their way. */
  inFlight: number;
  /** Of theirs, without a gap. */
  received: number;
  /** Of theirs, that they know of. */
  told: number;
  acknowledgeAtMs: number;
  resendAtMs: number;
  /** For people. */
  resent: number;
  repeated: number;
  outOfOrder: number;
}

/** `over`: the other side has fenced this one. */
export type FenceReason = "overflow" | "acknowledgedUnsent" | "over";

export type Event<B> = { readonly nowMs: number } & Happening<B>;

export type Happening<B> =
  | { readonly kind: "submitted"; readonly body: B }
  | { readonly kind: "received"; readonly message: LaneMessage<B> }
  /** There is a stream to the instance, for the first time or again. */
  | { readonly kind: "opened" }
  | { readonly kind: "closed" }
  /** The stream did not take the last message that was to be sent. */
  | { readonly kind: "refused" }
  | { readonly kind: "woke" }
  /** The instance is gone for good. */
  | { readonly kind: "ended" };

export type Effect<B> =
  | { readonly kind: "send"; readonly message: LaneMessage<B> }
  | { readonly kind: "deliver"; readonly body: B }
  /** The peer takes nothing, or breaks the rules: nothing that depends on it can be kept up. The lane is over. */
  | { readonly kind: "fence"; readonly reason: FenceReason };

export function newSystemLane<B>(): SystemLane<B> {
  return {
    phase: "down",
    pending: [],
    acknowledged: 0,
    inFlight: 0,
    received: 0,
    told: 0,
    acknowledgeAtMs: Infinity,
    resendAtMs: Infinity,
    resent: 0,
    repeated: 0,
    outOfOrder: 0,
  };
}

/** When to call {@link step} with `woke`, if nothing happens before; Infinity for never. */
export function wakeAtMs<B>(lane: SystemLane<B>): number {
  if (lane.phase === "blocked") return lane.resendAtMs;
  return lane.phase === "up" ? Math.min(lane.acknowledgeAtMs, lane.resendAtMs) : Infinity;
}

/** Changes the lane in place and says what is to be done, in this order. */
export function step<B>(lane: SystemLane<B>, event: Event<B>): Effect<B>[] {
  if (lane.phase === "over") return afterTheEnd(event);
  const effects: Effect<B>[] = [];
  happen(lane, event, effects);
  if (lane.phase === "up") send(lane, event.nowMs, effects);
  return effects;
}

/** Whoever does not know that it is over would send for ever. */
function afterTheEnd<B>(event: Event<B>): Effect<B>[] {
  const isNews = event.kind === "received" && event.message.kind !== "over";
  return isNews ? [{ kind: "send", message: { kind: "over" } }] : [];
}

function happen<B>(lane: SystemLane<B>, event: Event<B>, effects: Effect<B>[]): void {
  switch (event.kind) {
    case "submitted":
      if (lane.pending.length >= pendingMax) return fence(lane, "overflow", effects);
      lane.pending.push(event.body);
      return;
    case "received":
      return received(lane, event.message, event.nowMs, effects);
    case "opened":
      lane.phase = "up";
      // What the last stream took may never have come, be it ours or an acknowledgement.
      resend(lane);
      if (lane.received > 0) lane.acknowledgeAtMs = event.nowMs;
      return;
    case "closed":
      lane.phase = "down";
      return;
    case "refused":
      if (lane.phase !== "up") return;
      // In order or not at all: what follows would only be dropped over there.
      lane.phase = "blocked";
      lane.resendAtMs = event.nowMs + resendMs;
      return;
    case "woke":
      if (event.nowMs >= lane.resendAtMs) resend(lane);
      return;
    case "ended":
      end(lane);
      return;
    default:
      return event satisfies never;
  }
}

function received<B>(
  lane: SystemLane<B>,
  message: LaneMessage<B>,
  nowMs: number,
  effects: Effect<B>[],
): void {
  if (message.kind === "over") return fence(lane, "over", effects);
  const sent = lane.acknowledged + lane.pending.length;
  if (message.acknowledged > sent) return fence(lane, "acknowledgedUnsent", effects);
  acknowledged(lane, message.acknowledged, nowMs);
  if (message.kind === "acknowledged") return;
  const ahead = message.sequence - lane.received;
  if (ahead === 1) {
    lane.received++;
    effects.push({ kind: "deliver", body: message.body });
    const isMany = lane.received - lane.told >= acknowledgeEvery;
    lane.acknowledgeAtMs = isMany ? nowMs : Math.min(lane.acknowledgeAtMs, nowMs + acknowledgeMs);
    return;
  }
  // A gap closes when they send again; what comes twice shows that they do not know of our acknowledgement.
  if (ahead > 1) lane.outOfOrder++;
  else lane.repeated++;
  lane.acknowledgeAtMs = nowMs;
}

function acknowledged<B>(lane: SystemLane<B>, upTo: number, nowMs: number): void {
  const count = upTo - lane.acknowledged;
  if (count <= 0) return;
  lane.pending.splice(0, count);
  lane.acknowledged = upTo;
  lane.inFlight = Math.max(0, lane.inFlight - count);
  // Of a stream that takes nothing it is the time to try again, whatever comes.
  if (lane.phase === "up") lane.resendAtMs = lane.inFlight > 0 ? nowMs + resendMs : Infinity;
}

/** Everything that the other side has not acknowledged is to be sent, from the first on. */
function resend<B>(lane: SystemLane<B>): void {
  lane.phase = "up";
  lane.resent += lane.inFlight;
  lane.inFlight = 0;
  lane.resendAtMs = Infinity;
}

function send<B>(lane: SystemLane<B>, nowMs: number, effects: Effect<B>[]): void {
  while (lane.inFlight < inFlightMax && lane.inFlight < lane.pending.length) {
    const body = lane.pending[lane.inFlight++] as B;
    const sequence = lane.acknowledged + lane.inFlight;
    told(lane);
    effects.push({
      kind: "send",
      message: { kind: "sequenced", sequence, acknowledged: lane.received, body },
    });
  }
  if (lane.inFlight > 0 && lane.resendAtMs === Infinity) lane.resendAtMs = nowMs + resendMs;
  if (nowMs < lane.acknowledgeAtMs) return;
  told(lane);
  effects.push({ kind: "send", message: { kind: "acknowledged", acknowledged: lane.received } });
}

function told<B>(lane: SystemLane<B>): void {
  lane.told = lane.received;
  lane.acknowledgeAtMs = Infinity;
}

function fence<B>(lane: SystemLane<B>, reason: FenceReason, effects: Effect<B>[]): void {
  end(lane);
  effects.push({ kind: "fence", reason });
}

function end<B>(lane: SystemLane<B>): void {
  lane.phase = "over";
  lane.pending = [];
  lane.inFlight = 0;
}
