// The lease under which a node runs the children of another node's supervisors: one for each pair of nodes, as two state
// machines. The holder asks, the granter grants. The holder counts from when it *sent* the request that was granted, the
// granter from when it *sent* the grant, so that no delay of either makes the holder's time end after the granter's (Gray
// and Cheriton, "Leases", 1989, with time counted on each side's own clock). What expired does not come back: a new lease
// has a new term, which the granter counts and every child's start names.

import { type LeaseMemory, localLeaseMemory, type NewLeaseMemory } from "./lease-memory.ts";

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
  /** Until when it is held; somebody else may extend it, too. */
  memory: LeaseMemory | undefined;
  readonly newMemory: NewLeaseMemory;
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
export function newHolder(times: LeaseTimes, newMemory: NewLeaseMemory = localLeaseMemory): Holder {
  checkLeaseTimes(times);
  return {
    times,
    term: 0,
    phase: "over",
    memory: undefined,
    newMemory,
    sentAtMs: new Map(),
    lastNumber: 0,
    nextAtMs: Infinity,
  };
}

/** Whether children of this term may run now. To be asked before every handler: a timer may be late. */
export function isHeld({ phase, term, memory }: Holder, of: number, nowMs: number): boolean {
  return phase === "held" && term === of && memory?.isHeld(nowMs) === true;
}

export function holderWakeAtMs({ phase, memory, nextAtMs }: Holder): number {
  return phase === "held" ? Math.min(memory?.untilMs ?? -Infinity, nextAtMs) : nextAtMs;
}

export function stepHolder(holder: Holder, event: HolderEvent): HolderEffect[] {
  const { nowMs } = event;
  const effects: HolderEffect[] = [];
  // Before anything else: a grant that comes too late revives nothing.
  if (holder.phase === "held" && holder.memory?.isHeld(nowMs) !== true) orphan(holder, effects);
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
  if (holder.memory !== undefined) {
    // Somebody else may have found just now that it is over.
    if (!holder.memory.extend(untilMs, nowMs)) orphan(holder, effects);
    return;
  }
  holder.phase = "held";
  holder.memory = holder.newMemory(term, untilMs);
  effects.push({ kind: "held", term });
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
  holder.memory?.end();
  holder.memory = undefined;
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
  /** Until when its grants may be used. Undefined where nothing was granted yet: then it can be given up at once. */
  memory: LeaseMemory | undefined;
  readonly newMemory: NewLeaseMemory;
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
export function newGranter(times: LeaseTimes, newMemory: NewLeaseMemory = localLeaseMemory): Granter {
  checkLeaseTimes(times);
  return { times, term: 0, isOpen: false, memory: undefined, newMemory };
}

export function granterWakeAtMs({ isOpen, memory }: Granter): number {
  return isOpen ? (memory?.untilMs ?? Infinity) : Infinity;
}

export function stepGranter(granter: Granter, event: GranterEvent): GranterEffect[] {
  const { nowMs } = event;
  const effects: GranterEffect[] = [];
  if (granter.isOpen && granter.memory?.isHeld(nowMs) === false) expire(granter, effects);
  switch (event.kind) {
    case "needed":
      if (!granter.isOpen) open(granter);
      break;
    case "released":
      close(granter);
      break;
    case "asked":
      answer(granter, event.request, nowMs, effects);
      break;
    case "died":
      if (granter.isOpen) expire(granter, effects);
      break;
    case "givenUp":
      if (granter.isOpen && granter.memory === undefined) expire(granter, effects);
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
}

function close(granter: Granter): void {
  granter.isOpen = false;
  granter.memory?.end();
  granter.memory = undefined;
}

function answer(granter: Granter, request: LeaseRequest, nowMs: number, effects: GranterEffect[]): void {
  if (!granter.isOpen || request.term !== granter.term) {
    effects.push({ kind: "refuse", term: request.term });
    return;
  }
  const untilMs = nowMs + granter.times.restartAfterMs;
  if (granter.memory === undefined) granter.memory = granter.newMemory(request.term, untilMs);
  else granter.memory.extend(untilMs, nowMs);
  effects.push({ kind: "grant", request });
}

function expire(granter: Granter, effects: GranterEffect[]): void {
  close(granter);
  effects.push({ kind: "expired", term: granter.term });
}
