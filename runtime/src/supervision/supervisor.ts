// A supervisor as a state machine: which child is to be started, stopped and given up, and when. It knows nothing of
// actors or nodes; a start may take its time, fail, or be overtaken by the end of the child. The rules are those of OTP's
// supervisor, with a wait between restarts that fail.

import {
  type ChildEnd,
  type ChildSpec,
  isNormal,
  type Restart,
  type Strategy,
  type SupervisorSpec,
} from "./child-spec.ts";
import { allows, newRestartWindow, type RestartWindow } from "./restart-window.ts";

/** `starting` and `stopping` end by what the host says; `down` is whatever is not there. */
export type ChildStatus = "down" | "starting" | "up" | "stopping";

export interface Child<S extends ChildSpec = ChildSpec> {
  readonly spec: S;
  status: ChildStatus;
  /** Counts its starts, from 1: never the same one twice, also where its supervisor was started again. */
  generation: number;
  lastEnd: ChildEnd | undefined;
  /** Why it was, or is to be, started again the last time. */
  lastRestart: RestartCause | undefined;
  /** To be stopped when its turn comes, or being stopped in its turn. */
  isToStop: boolean;
  /** To be started when it is down and its turn and time have come. */
  isToStart: boolean;
  startAtMs: number;
  /** Where it is stopping: when nothing more is awaited. */
  abandonAtMs: number;
  /** To be taken off the list once it is down. */
  isLeaving: boolean;
}

/** Why children were started again. */
export interface RestartCause {
  /** Whose end it was: with other strategies than `oneForOne` maybe that of a sibling. */
  readonly because: string;
  readonly end: ChildEnd;
  readonly atMs: number;
}

/** - `failed`: it has given up, and its children end. */
export type Phase = "starting" | "running" | "stopping" | "failed" | "over";

/** Changed in place by {@link step} and by nothing else. */
export interface Supervisor<S extends ChildSpec = ChildSpec> {
  readonly strategy: Strategy;
  readonly backoffFirstMs: number;
  readonly backoffLongestMs: number;
  readonly window: RestartWindow;
  readonly random: () => number;
  phase: Phase;
  /** In the order of their starts. */
  children: Child<S>[];
  failure: SupervisorFailure | undefined;
}

export interface SupervisorFailure {
  /** `startFailed`: a child could not be started when the supervisor began. `tooManyRestarts`: see `intensity`. */
  readonly reason: "startFailed" | "tooManyRestarts";
  readonly child: string;
  readonly end: ChildEnd;
}

export type Event<S extends ChildSpec> = {
  readonly nowMs: number;
} /** All children are to be started, in their order. */ & (
  | { readonly kind: "begun" }
  | ({ readonly kind: "started" } & Start)
  | ({ readonly kind: "startFailed" } & EndOf)
  /** One event has ended these, such as the loss of their node: a single restart as far as the intensity goes. */
  | { readonly kind: "ended"; readonly ends: readonly EndOf[] }
  | { readonly kind: "added"; readonly spec: S }
  | { readonly kind: "removed"; readonly name: string }
  | { readonly kind: "woke" }
  | { readonly kind: "shutdownRequested" }
);

/** Which start of which child. */
export interface Start {
  readonly name: string;
  readonly generation: number;
}

export interface EndOf extends Start {
  readonly end: ChildEnd;
}

export type Effect<S extends ChildSpec> =
  /** `started`, `startFailed` or `ended` is to follow. */
  | { readonly kind: "start"; readonly child: Child<S>; readonly generation: number }
  /** `ended` is to follow, also where it is only just being started. */
  | { readonly kind: "stop"; readonly child: Child<S>; readonly generation: number }
  /** It has not ended in its time: nothing more is awaited of it. */
  | { readonly kind: "abandon"; readonly child: Child<S>; readonly generation: number }
  /** All children were started for the first time. */
  | { readonly kind: "ready" }
  | {
      readonly kind: "restarting";
      readonly names: readonly string[];
      readonly because: EndOf;
      readonly afterMs: number;
    }
  /** It has given up and all its children have ended: its own parent decides. */
  | { readonly kind: "failed"; readonly failure: SupervisorFailure }
  /** As was requested: all its children have ended. */
  | { readonly kind: "stopped" };

const intensityDefault = 1;
const periodMsDefault = 5000;
export const shutdownMsDefault = 5000;
const backoffFirstMsDefault = 100;
const backoffLongestMsDefault = 5000;

/**
 * @param random in [0, 1), for jitter
 * @param startsOf how often a child was started by supervisors before this one, in whose place it is
 */
export function newSupervisor<S extends ChildSpec>(
  spec: SupervisorSpec,
  children: readonly S[],
  random: () => number,
  startsOf: (name: string) => number = () => 0,
): Supervisor<S> {
  const supervisor: Supervisor<S> = {
    strategy: spec.strategy ?? "oneForOne",
    backoffFirstMs: spec.backoffFirstMs ?? backoffFirstMsDefault,
    backoffLongestMs: spec.backoffLongestMs ?? backoffLongestMsDefault,
    window: newRestartWindow(spec.intensity ?? intensityDefault, spec.periodMs ?? periodMsDefault),
    random,
    phase: "starting",
    children: [],
    failure: undefined,
  };
  for (const child of children) append(supervisor, child, 0).generation = startsOf(child.name);
  return supervisor;
}

/** When to call {@link step} with `woke`, if nothing happens before; Infinity for never. */
export function wakeAtMs<S extends ChildSpec>(supervisor: Supervisor<S>): number {
  if (supervisor.phase === "over") return Infinity;
  const stopping = supervisor.children.filter(({ status }) => status === "stopping");
  return Math.min(
    ...stopping.map(({ abandonAtMs }) => abandonAtMs),
    ...inTurn(supervisor).map(({ startAtMs }) => startAtMs),
  );
}

/**
 * Changes the supervisor in place and says what is to be done, in this order. Throws a RangeError for a child whose name
 * is taken.
 */
export function step<S extends ChildSpec>(supervisor: Supervisor<S>, event: Event<S>): Effect<S>[] {
  if (supervisor.phase === "over") return [];
  const effects: Effect<S>[] = [];
  happen(supervisor, event, effects);
  advance(supervisor, event.nowMs, effects);
  return effects;
}

function happen<S extends ChildSpec>(supervisor: Supervisor<S>, event: Event<S>, effects: Effect<S>[]): void {
  switch (event.kind) {
    case "begun":
      for (const child of supervisor.children) child.isToStart = true;
      return;
    case "started":
      return started(supervisor, event);
    case "startFailed":
      return ended(supervisor, [event], event.nowMs, effects);
    case "ended":
      return ended(supervisor, event.ends, event.nowMs, effects);
    case "added":
      append(supervisor, event.spec, event.nowMs).isToStart = isAtWork(supervisor);
      return;
    case "removed":
      return removed(supervisor, event.name, event.nowMs, effects);
    case "woke":
      return;
    case "shutdownRequested":
      return giveUp(supervisor, "stopping");
    default:
      return event satisfies never;
  }
}

function started<S extends ChildSpec>(supervisor: Supervisor<S>, of: Start): void {
  const child = childOf(supervisor, of);
  if (child?.status === "starting") child.status = "up";
}

/** What was being stopped, or was to be, is down; the others have fallen, and it is asked who is started again. */
function ended<S extends ChildSpec>(
  supervisor: Supervisor<S>,
  ends: readonly EndOf[],
  nowMs: number,
  effects: Effect<S>[],
): void {
  const fallen: Child<S>[] = [];
  let because: EndOf | undefined;
  for (const of of ends) {
    const child = childOf(supervisor, of);
    if (child === undefined || child.status === "down") continue;
    const isFirstStart = child.status === "starting" && supervisor.phase === "starting";
    const isFall = child.status !== "stopping" && !child.isToStop;
    down(child, of.end);
    if (!isFall) continue;
    // It was the node that could not, not the child.
    const isFailed = isFirstStart && of.end.reason !== "nodeLeft";
    if (isFailed) return fail(supervisor, { reason: "startFailed", child: of.name, end: of.end });
    if (isRestarted(child.spec.restart, of.end)) {
      fallen.push(child);
      because ??= of;
    } else if (child.spec.restart === "temporary") child.isLeaving = true;
  }
  if (because !== undefined && isAtWork(supervisor)) restart(supervisor, fallen, because, nowMs, effects);
}

function isRestarted(restart: Restart | undefined, end: ChildEnd): boolean {
  if (restart === "temporary") return false;
  return restart !== "transient" || !isNormal(end);
}

/** A temporary sibling is stopped with the others and not started again; nor is one that had ended before. */
function restart<S extends ChildSpec>(
  supervisor: Supervisor<S>,
  fallen: readonly Child<S>[],
  because: EndOf,
  nowMs: number,
  effects: Effect<S>[],
): void {
  const { window } = supervisor;
  if (because.end.reason !== "nodeLeft" && !allows(window, nowMs))
    return fail(supervisor, { reason: "tooManyRestarts", child: because.name, end: because.end });
  const afterMs = backoffMs(supervisor);
  const affected = affectedBy(supervisor, fallen);
  const cause: RestartCause = { because: because.name, end: because.end, atMs: nowMs };
  for (const child of affected) {
    child.isToStop = child.status !== "down";
    child.isLeaving ||= child.spec.restart === "temporary";
    child.isToStart = !child.isLeaving && (fallen.includes(child) || child.isToStop || child.isToStart);
    child.startAtMs = nowMs + afterMs;
    if (child.isToStart) child.lastRestart = cause;
  }
  const names = affected.filter(({ isToStart }) => isToStart).map(({ spec }) => spec.name);
  effects.push({ kind: "restarting", names, because, afterMs });
}

function affectedBy<S extends ChildSpec>(
  { strategy, children }: Supervisor<S>,
  fallen: readonly Child<S>[],
): readonly Child<S>[] {
  if (strategy === "oneForOne") return fallen;
  if (strategy === "oneForAll") return children;
  return children.slice(Math.min(...fallen.map((child) => children.indexOf(child))));
}

/** The first restart in a while is at once. */
function backoffMs<S extends ChildSpec>({
  window,
  backoffFirstMs,
  backoffLongestMs,
  random,
}: Supervisor<S>): number {
  const before = window.times.length - 1;
  if (before <= 0) return 0;
  return Math.min(backoffLongestMs, backoffFirstMs * 2 ** (before - 1)) * (0.5 + random() / 2);
}

function removed<S extends ChildSpec>(
  supervisor: Supervisor<S>,
  name: string,
  nowMs: number,
  effects: Effect<S>[],
): void {
  const child = supervisor.children.find(({ spec }) => spec.name === name);
  if (child === undefined) return;
  child.isLeaving = true;
  child.isToStart = false;
  if (child.status === "starting" || child.status === "up") stop(child, nowMs, effects);
}

function fail<S extends ChildSpec>(supervisor: Supervisor<S>, failure: SupervisorFailure): void {
  supervisor.failure = failure;
  giveUp(supervisor, "failed");
}

/** All children end, the last first. */
function giveUp<S extends ChildSpec>(supervisor: Supervisor<S>, phase: "stopping" | "failed"): void {
  if (!isAtWork(supervisor)) return;
  supervisor.phase = phase;
  for (const child of supervisor.children) {
    child.isToStart = false;
    child.isToStop = child.status !== "down";
  }
}

/** Everything whose turn and time have come. */
function advance<S extends ChildSpec>(supervisor: Supervisor<S>, nowMs: number, effects: Effect<S>[]): void {
  abandonDue(supervisor, nowMs, effects);
  stopNext(supervisor, nowMs, effects);
  startDue(supervisor, nowMs, effects);
  supervisor.children = supervisor.children.filter(
    ({ isLeaving, status }) => !isLeaving || status !== "down",
  );
  settle(supervisor, effects);
}

function abandonDue<S extends ChildSpec>(
  { children }: Supervisor<S>,
  nowMs: number,
  effects: Effect<S>[],
): void {
  for (const child of children) {
    if (child.status !== "stopping" || nowMs < child.abandonAtMs) continue;
    effects.push({ kind: "abandon", child, generation: child.generation });
    down(child, { reason: "shutdown" });
  }
}

/** One at a time, the last first, so that nobody loses what was started before it. */
function stopNext<S extends ChildSpec>(
  { children }: Supervisor<S>,
  nowMs: number,
  effects: Effect<S>[],
): void {
  const next = children.findLast(({ isToStop }) => isToStop);
  if (next !== undefined && next.status !== "stopping") stop(next, nowMs, effects);
}

function stop<S extends ChildSpec>(child: Child<S>, nowMs: number, effects: Effect<S>[]): void {
  child.status = "stopping";
  child.abandonAtMs = nowMs + (child.spec.shutdownMs ?? shutdownMsDefault);
  effects.push({ kind: "stop", child, generation: child.generation });
}

/** In order and one at a time, unless children have nothing to do with each other. */
function startDue<S extends ChildSpec>(supervisor: Supervisor<S>, nowMs: number, effects: Effect<S>[]): void {
  for (const child of inTurn(supervisor)) if (nowMs >= child.startAtMs) start(child, effects);
}

/** Those that wait for nothing but their time. For whoever waits for its turn, something else has to happen first. */
function inTurn<S extends ChildSpec>(supervisor: Supervisor<S>): readonly Child<S>[] {
  const { children, strategy, phase } = supervisor;
  if (!isAtWork(supervisor) || children.some(({ isToStop }) => isToStop)) return [];
  const isOrdered = strategy !== "oneForOne" || phase === "starting";
  if (isOrdered && children.some(({ status }) => status === "starting")) return [];
  const waiting = children.filter(({ isToStart, status }) => isToStart && status === "down");
  return isOrdered ? waiting.slice(0, 1) : waiting;
}

function start<S extends ChildSpec>(child: Child<S>, effects: Effect<S>[]): void {
  child.status = "starting";
  child.isToStart = false;
  child.generation++;
  effects.push({ kind: "start", child, generation: child.generation });
}

function settle<S extends ChildSpec>(supervisor: Supervisor<S>, effects: Effect<S>[]): void {
  const { children, phase, failure } = supervisor;
  if (
    phase === "starting" &&
    children.every(({ isToStart, status }) => !isToStart && status !== "starting")
  ) {
    supervisor.phase = "running";
    effects.push({ kind: "ready" });
  }
  if (isAtWork(supervisor) || children.some(({ status }) => status !== "down")) return;
  supervisor.phase = "over";
  effects.push(failure === undefined ? { kind: "stopped" } : { kind: "failed", failure });
}

function isAtWork({ phase }: { readonly phase: Phase }): boolean {
  return phase === "starting" || phase === "running";
}

function down(child: Child, end: ChildEnd): void {
  child.status = "down";
  child.isToStop = false;
  child.lastEnd = end;
}

/** Of a start that is not the latest nothing counts. */
function childOf<S extends ChildSpec>(
  { children }: Supervisor<S>,
  { name, generation }: Start,
): Child<S> | undefined {
  return children.find((child) => child.spec.name === name && child.generation === generation);
}

function append<S extends ChildSpec>({ children }: Supervisor<S>, spec: S, nowMs: number): Child<S> {
  if (children.some((child) => child.spec.name === spec.name)) {
    throw new RangeError(`there is a child '${spec.name}' already`);
  }
  const child: Child<S> = {
    spec,
    status: "down",
    generation: 0,
    lastEnd: undefined,
    lastRestart: undefined,
    isToStop: false,
    isToStart: false,
    startAtMs: nowMs,
    abandonAtMs: Infinity,
    isLeaving: false,
  };
  children.push(child);
  return child;
}
