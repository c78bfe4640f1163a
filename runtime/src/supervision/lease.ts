// The lease under which a node runs the children of another node's supervisors: one for each pair of nodes, as two state
// machines. The holder asks, the granter grants. The holder counts from when it *sent* the request that was granted, the
// granter from when it *sent* the grant, so that no delay of either makes the holder's time end after the granter's (Gray
// and Cheriton, "Leases", 1989, with time counted on each side's own clock). What expired does not come back: a new lease
// has a new term, which the granter counts and every child's start names.

export interface LeaseTimes {
  /** Between two requests. */
  readonly renewMs: number;
  /** The holder stops the children, by its own clock. */
  readonly orphanAfterMs: number;
  /** The granter may start them elsewhere, by its own clock. */
  readonly restartAfterMs: number;
}

/** How far a clock may be off, as a share of the time that passes. */
export const driftMax = 0.1;

export const leaseTimes = {
  local: { renewMs: 250, orphanAfterMs: 1400, restartAfterMs: 1900 },
  lan: { renewMs: 1000, orphanAfterMs: 6000, restartAfterMs: 8000 },
  wan: { renewMs: 3000, orphanAfterMs: 20_000, restartAfterMs: 27_000 },
} as const satisfies Record<string, LeaseTimes>;

/** Throws a RangeError where two clocks that drift apart could both think that it is theirs. */
export function checkLeaseTimes({ renewMs, orphanAfterMs, restartAfterMs }: LeaseTimes): void {
  if (!(renewMs > 0 && orphanAfterMs >= 3 * renewMs))
    throw new RangeError(
      `a lease of ${orphanAfterMs} ms needs to be renewed at least three times in that, not every ${renewMs} ms`,
    );
  const leastMs = (orphanAfterMs * (1 + driftMax)) / (1 - driftMax);
  if (!(restartAfterMs > leastMs))
    throw new RangeError(
      `restartAfterMs has to be more than ${Math.ceil(leastMs)}, for clocks that drift apart by a tenth each`,
    );
}

/** On the node that runs the children. */
export interface Holder {
  readonly times: LeaseTimes;
  /** 0 where there has been no lease. */
  term: number;
  /** - `asked`: not granted yet, so that no child may run. `over`: nothing of this term counts any more. */
  phase: "asked" | "held" | "over";
  heldUntilMs: number;
  /** When requests were sent that may yet be granted, by their numbers. */
  readonly sentAtMs: Map<number, number>;
  lastNumber: number;
  nextAtMs: number;
}

export interface LeaseRequest {
  readonly term: number;
  readonly number: number;
}

export type HolderEvent = { readonly nowMs: number } /** A child is to be started under this term. */ & (
  | { readonly kind: "needed"; readonly term: number }
  /** There are no children any more. */
  | { readonly kind: "released" }
  | { readonly kind: "granted"; readonly request: LeaseRequest }
  /** The granter has given the children of that term up. */
  | { readonly kind: "refused"; readonly term: number }
  | { readonly kind: "woke" }
);

export type HolderEffect =
  | { readonly kind: "ask"; readonly request: LeaseRequest }
  /** Children of this term may start. */
  | { readonly kind: "held"; readonly term: number }
  /** From now on no child of this term, or of one before it, handles, sends or answers anything. */
  | { readonly kind: "orphaned"; readonly term: number };

/** Throws a RangeError as {@link checkLeaseTimes} does. */
export function newHolder(times: LeaseTimes): Holder {
  checkLeaseTimes(times);
  return {
    times,
    term: 0,
    phase: "over",
    heldUntilMs: -Infinity,
    sentAtMs: new Map(),
    lastNumber: 0,
    nextAtMs: Infinity,
  };
}

/** Whether children of this term may run now. To be asked before every handler: a timer may be late. */
export function isHeld({ phase, term, heldUntilMs }: Holder, of: number, nowMs: number): boolean {
  return phase === "held" && term === of && nowMs < heldUntilMs;
}

export function holderWakeAtMs({ phase, heldUntilMs, nextAtMs }: Holder): number {
  return phase === "held" ? Math.min(heldUntilMs, nextAtMs) : nextAtMs;
}

export function stepHolder(holder: Holder, event: HolderEvent): HolderEffect[] {
  const { nowMs } = event;
  const effects: HolderEffect[] = [];
  // Before anything else: a grant that comes too late revives nothing.
  if (holder.phase === "held" && nowMs >= holder.heldUntilMs) orphan(holder, effects);
  switch (event.kind) {
    case "needed":
      if (event.term > holder.term) begin(holder, event.term, nowMs, effects);
      break;
    case "released":
      drop(holder);
      break;
    case "granted":
      granted(holder, event.request, nowMs, effects);
      break;
    case "refused":
      if (event.term === holder.term && holder.phase !== "over") orphan(holder, effects);
      break;
    case "woke":
      break;
    default:
      return event satisfies never;
  }
  if (nowMs >= holder.nextAtMs) ask(holder, nowMs, effects);
  return effects;
}

/** The granter counts on: whatever ran under an earlier term, it has given up. */
function begin(holder: Holder, term: number, nowMs: number, effects: HolderEffect[]): void {
  if (holder.phase !== "over") orphan(holder, effects);
  holder.term = term;
  holder.phase = "asked";
  holder.nextAtMs = nowMs;
}

function granted(
  holder: Holder,
  { term, number }: LeaseRequest,
  nowMs: number,
  effects: HolderEffect[],
): void {
  const sentAtMs = holder.sentAtMs.get(number);
  if (term !== holder.term || sentAtMs === undefined) return;
  for (const earlier of holder.sentAtMs.keys()) if (earlier <= number) holder.sentAtMs.delete(earlier);
  const untilMs = sentAtMs + holder.times.orphanAfterMs;
  if (nowMs >= untilMs) return;
  if (holder.phase === "asked") effects.push({ kind: "held", term });
  holder.phase = "held";
  holder.heldUntilMs = Math.max(holder.heldUntilMs, untilMs);
}

function ask(holder: Holder, nowMs: number, effects: HolderEffect[]): void {
  for (const [number, at] of holder.sentAtMs) {
    // A grant of it would be over already.
    if (nowMs - at >= holder.times.orphanAfterMs) holder.sentAtMs.delete(number);
  }
  const number = ++holder.lastNumber;
  holder.sentAtMs.set(number, nowMs);
  holder.nextAtMs = nowMs + holder.times.renewMs;
  effects.push({ kind: "ask", request: { term: holder.term, number } });
}

function orphan(holder: Holder, effects: HolderEffect[]): void {
  drop(holder);
  effects.push({ kind: "orphaned", term: holder.term });
}

function drop(holder: Holder): void {
  holder.phase = "over";
  holder.heldUntilMs = -Infinity;
  holder.nextAtMs = Infinity;
  holder.sentAtMs.clear();
}

/** On the node of the supervisors. */
export interface Granter {
  readonly times: LeaseTimes;
  /** Of the latest lease; 0 where there has been none. */
  term: number;
  /** There are children under the latest term. */
  isOpen: boolean;
  /** -Infinity where nothing was granted under the latest term yet: then it can be given up at once. */
  grantedUntilMs: number;
}

export type GranterEvent = {
  readonly nowMs: number;
} /** A child is about to be started there, under the term that stands afterwards. */ & (
  | { readonly kind: "needed" }
  /** All children there have ended. */
  | { readonly kind: "released" }
  | { readonly kind: "asked"; readonly request: LeaseRequest }
  /** The instance is proven dead. */
  | { readonly kind: "died" }
  /** A start there was given up: if nothing was ever granted, nothing runs. */
  | { readonly kind: "givenUp" }
  | { readonly kind: "woke" }
);

export type GranterEffect =
  | { readonly kind: "grant"; readonly request: LeaseRequest }
  | { readonly kind: "refuse"; readonly term: number }
  /** No child of this term runs any more, as far as two clocks can tell: their successors may. */
  | { readonly kind: "expired"; readonly term: number };

/** Throws a RangeError as {@link checkLeaseTimes} does. */
export function newGranter(times: LeaseTimes): Granter {
  checkLeaseTimes(times);
  return { times, term: 0, isOpen: false, grantedUntilMs: -Infinity };
}

export function granterWakeAtMs({ isOpen, grantedUntilMs }: Granter): number {
  return isOpen && grantedUntilMs !== -Infinity ? grantedUntilMs : Infinity;
}

export function stepGranter(granter: Granter, event: GranterEvent): GranterEffect[] {
  const { nowMs } = event;
  const effects: GranterEffect[] = [];
  if (nowMs >= granterWakeAtMs(granter)) expire(granter, effects);
  switch (event.kind) {
    case "needed":
      if (!granter.isOpen) open(granter);
      break;
    case "released":
      granter.isOpen = false;
      break;
    case "asked":
      answer(granter, event.request, nowMs, effects);
      break;
    case "died":
      if (granter.isOpen) expire(granter, effects);
      break;
    case "givenUp":
      if (granter.isOpen && granter.grantedUntilMs === -Infinity) expire(granter, effects);
      break;
    case "woke":
      break;
    default:
      return event satisfies never;
  }
  return effects;
}

function open(granter: Granter): void {
  granter.isOpen = true;
  granter.term++;
  granter.grantedUntilMs = -Infinity;
}

function answer(granter: Granter, request: LeaseRequest, nowMs: number, effects: GranterEffect[]): void {
  if (!granter.isOpen || request.term !== granter.term) {
    effects.push({ kind: "refuse", term: request.term });
    return;
  }
  granter.grantedUntilMs = nowMs + granter.times.restartAfterMs;
  effects.push({ kind: "grant", request });
}

function expire(granter: Granter, effects: GranterEffect[]): void {
  granter.isOpen = false;
  effects.push({ kind: "expired", term: granter.term });
}
