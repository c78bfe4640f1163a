// How a node goes, or makes itself empty, as a state machine: its phases in their order, each with its time. What is not
// done in its time is left behind, and told. (As Akka's coordinated shutdown has it, with the order that leases ask for:
// what runs here for others runs elsewhere before anything ends.)

/**
 * - `intake`: nothing new is started here any more.
 * - `handOver`: children that can run on other nodes end, behind the messages that wait for them, and are started there.
 * - `stop`: supervisors of this node and all actors end.
 * - `goodbye`: all members are told.
 * - `close`: connections, then the listener.
 */
export type DepartureWork = "intake" | "handOver" | "stop" | "goodbye" | "close";

/** `none`: the node is at work. `empty`: it is drained, and stays. `over`: it is gone. */
export type DeparturePhase = "none" | DepartureWork | "empty" | "over";

/** How long each may take, in milliseconds; `intake` takes none. */
export interface DepartureTimes {
  readonly handOverMs: number;
  readonly stopMs: number;
  readonly goodbyeMs: number;
  readonly closeMs: number;
}

/** What waits for a child has five seconds, a handler five more; within 30 s, which is what containers are given. */
export const departureTimes: DepartureTimes = {
  handOverMs: 12_000,
  stopMs: 12_000,
  goodbyeMs: 2_000,
  closeMs: 3_000,
};

/** Changed in place by {@link stepDeparture} and by nothing else. */
export interface Departure {
  readonly times: DepartureTimes;
  phase: DeparturePhase;
  isLeaving: boolean;
  deadlineMs: number;
}

export type DepartureEvent = { readonly nowMs: number } & (
  | { readonly kind: "drainRequested" }
  | { readonly kind: "leaveRequested" }
  | { readonly kind: "done"; readonly work: DepartureWork }
  /** The node was closed without any of this. */
  | { readonly kind: "closed" }
  | { readonly kind: "woke" }
);

export type DepartureEffect =
  | { readonly kind: "begin"; readonly work: DepartureWork }
  /** It was not done in its time, and is waited for no longer. */
  | { readonly kind: "late"; readonly work: DepartureWork }
  | { readonly kind: "empty" }
  | { readonly kind: "over" };

/** Throws a RangeError where a time is none. */
export function newDeparture(times: Partial<DepartureTimes> = {}): Departure {
  for (const [name, ms] of Object.entries(times))
    if (!(ms >= 0)) throw new RangeError(`${name} is ${ms}: expected milliseconds, 0 or more`);
  return {
    times: { ...departureTimes, ...times },
    phase: "none",
    isLeaving: false,
    deadlineMs: Number.POSITIVE_INFINITY,
  };
}

/** Changes the departure in place and says what is to be done, in this order. */
export function stepDeparture(departure: Departure, event: DepartureEvent): DepartureEffect[] {
  const effects: DepartureEffect[] = [];
  const { phase } = departure;
  switch (event.kind) {
    case "drainRequested":
      if (phase === "none") begin(departure, "intake", event.nowMs, effects);
      break;
    case "leaveRequested":
      departure.isLeaving = true;
      if (phase === "none") begin(departure, "intake", event.nowMs, effects);
      else if (phase === "empty") begin(departure, "stop", event.nowMs, effects);
      break;
    case "done":
      if (phase === event.work) next(departure, event.work, event.nowMs, effects);
      break;
    case "closed":
      if (phase !== "over") end(departure, effects);
      break;
    case "woke":
      if (isWork(phase) && event.nowMs >= departure.deadlineMs) {
        effects.push({ kind: "late", work: phase });
        next(departure, phase, event.nowMs, effects);
      }
      break;
    default:
      event satisfies never;
  }
  return effects;
}

function isWork(phase: DeparturePhase): phase is DepartureWork {
  return phase !== "none" && phase !== "empty" && phase !== "over";
}

const following = {
  intake: "handOver",
  handOver: "stop",
  stop: "goodbye",
  goodbye: "close",
  close: "over",
} as const satisfies Record<DepartureWork, DeparturePhase>;

function next(departure: Departure, work: DepartureWork, nowMs: number, effects: DepartureEffect[]): void {
  const after = following[work];
  if (after === "over") end(departure, effects);
  else if (after === "stop" && !departure.isLeaving) rest(departure, effects);
  else begin(departure, after, nowMs, effects);
}

function begin(departure: Departure, work: DepartureWork, nowMs: number, effects: DepartureEffect[]): void {
  departure.phase = work;
  departure.deadlineMs = nowMs + timeOf(departure.times, work);
  effects.push({ kind: "begin", work });
}

function timeOf(times: DepartureTimes, work: DepartureWork): number {
  return work === "intake" ? 0 : times[`${work}Ms`];
}

function rest(departure: Departure, effects: DepartureEffect[]): void {
  departure.phase = "empty";
  departure.deadlineMs = Number.POSITIVE_INFINITY;
  effects.push({ kind: "empty" });
}

function end(departure: Departure, effects: DepartureEffect[]): void {
  departure.phase = "over";
  departure.deadlineMs = Number.POSITIVE_INFINITY;
  effects.push({ kind: "over" });
}
