// Plans that chance makes: who talks to whom, and what goes wrong meanwhile. A profile says which faults are likely.

import { type Action, type ActionKind, action, type Plan } from "./plan.ts";
import type { Random } from "./random.ts";

/** How likely each kind of fault is, against the others. */
type Weights = Partial<Record<Fault, number>>;

type Fault =
  | "reset"
  | "half-open"
  | "blackhole"
  | "cut"
  | "partition"
  | "swizzle"
  | "crash"
  | "power-off"
  | "freeze"
  | "block"
  | "refuse"
  | "pieces"
  | "reading"
  | "link"
  | "reconnect"
  | "intrude"
  | "flood"
  | "leave";

/** What goes wrong in the plans that chance makes. */
export interface PlanProfile {
  readonly about: string;
  readonly weights: Weights;
  /** Faults a run has at most. */
  readonly faultsMax: number;
  /** One message in so many is larger than a chunk. */
  readonly largeOneIn: number;
  /** Orders to send something, in a run. Default: 10 to 60. */
  readonly sends?: { readonly least: number; readonly most: number };
}

export const profiles = {
  mixed: {
    about: "everything that can go wrong, a little of each",
    weights: {
      reset: 6,
      "half-open": 4,
      blackhole: 3,
      cut: 4,
      partition: 2,
      swizzle: 1,
      crash: 3,
      "power-off": 2,
      freeze: 3,
      refuse: 2,
      pieces: 3,
      reading: 2,
      link: 2,
      reconnect: 2,
      intrude: 4,
      flood: 1,
      leave: 2,
    },
    faultsMax: 14,
    largeOneIn: 12,
  },
  dials: {
    about: "connections that break all the time, so that both sides dial at once",
    weights: { reset: 12, "half-open": 6, link: 3, cut: 2, refuse: 2, reconnect: 4 },
    faultsMax: 30,
    largeOneIn: 60,
  },
  partitions: {
    about: "one-way cuts, partitions, and links stopped one by one and opened again in another order",
    weights: { cut: 6, partition: 4, swizzle: 5, reset: 2, link: 1 },
    faultsMax: 10,
    largeOneIn: 30,
  },
  restarts: {
    about: "processes and machines that go down and come back at the same address",
    weights: { crash: 8, "power-off": 5, freeze: 2, reset: 2, refuse: 1, reconnect: 2, leave: 4 },
    faultsMax: 12,
    largeOneIn: 30,
  },
  slow: {
    about: "readers that are slow or frozen, narrow links, single bytes, and large messages",
    weights: { reading: 6, pieces: 6, freeze: 5, link: 5, reset: 2, blackhole: 1, flood: 2 },
    faultsMax: 10,
    largeOneIn: 4,
  },
} as const satisfies Readonly<Record<string, PlanProfile>>;

export type ProfileName = keyof typeof profiles;
export const profileNames = Object.keys(profiles) as readonly ProfileName[];

export interface PlanOptions {
  /** By default two to five. */
  readonly machines?: number;
  /** By default any of those that are named. */
  readonly profile?: ProfileName | PlanProfile;
}

const machinesUsually = { least: 2, most: 5 };
const lastFaultMs = 8000;
const sendsPerRun = { least: 10, most: 60 };
const pairs = 4;
/** More than what any queue takes, to somebody who takes nothing. */
const flood = { count: 40, bytes: 200_000 };
const largeBytesMost = 200_000;

export function machineNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) =>
    index < 26 && count <= 26 ? String.fromCharCode(97 + index) : `n${index}`,
  );
}

/** @param random the stream of the run that is for its plan alone */
export function randomPlan(random: Random, options: PlanOptions = {}): Plan {
  const { least, most } = machinesUsually;
  const machines = machineNames(options.machines ?? random.stream("machines").between(least, most));
  const chosen = options.profile ?? random.stream("profile").of(profileNames);
  const profile: PlanProfile = typeof chosen === "string" ? profiles[chosen] : chosen;
  const untilMs = random.stream("length").between(lastFaultMs / 8, lastFaultMs);
  const context = { machines, profile, untilMs };
  const actions = [
    ...connects(random.stream("connects"), context),
    ...sends(random.stream("sends"), context),
    ...faults(random.stream("faults"), context),
  ];
  return { machines, actions: actions.sort((a, b) => a.atMs - b.atMs) };
}

interface Context {
  readonly machines: readonly string[];
  readonly profile: PlanProfile;
  readonly untilMs: number;
}

/** Everybody is to know everybody: from both sides at almost the same time, or from one. */
function connects(random: Random, { machines }: Context): Action[] {
  return machines.flatMap((a, index) =>
    machines.slice(index + 1).flatMap((b) => {
      const one = action(random.between(1, 20), "connect", { from: [a], to: [b] });
      const other = action(random.between(1, 20), "connect", { from: [b], to: [a] });
      return random.chance(0.7) ? [one, other] : [random.chance(0.5) ? one : other];
    }),
  );
}

function sends(random: Random, { machines, profile, untilMs }: Context): Action[] {
  const { least, most } = profile.sends ?? sendsPerRun;
  return Array.from({ length: random.between(least, most) }, () => {
    const [from = "", to = ""] = random.shuffled(machines);
    const isLarge = random.below(profile.largeOneIn) === 0;
    const bytes = isLarge ? random.between(20_000, largeBytesMost) : Math.floor(300 ** random.fraction());
    const count = isLarge ? random.between(1, 3) : Math.ceil(60 ** random.fraction());
    const numbers = { pair: random.below(pairs), count, bytes };
    return action(random.between(5, untilMs), "send", { from: [from], to: [to] }, numbers);
  });
}

function faults(random: Random, context: Context): Action[] {
  const { profile, untilMs } = context;
  const weighted = Object.entries(profile.weights).flatMap(([fault, weight]) =>
    Array.from({ length: weight }, () => fault as Fault),
  );
  return Array.from({ length: random.between(1, profile.faultsMax) }, () =>
    faultActions(random.of(weighted), random.between(10, untilMs), random, context),
  ).flat();
}

/** How long a fault lasts: most often short, sometimes longer than any deadline of the system. */
function duration(random: Random): number {
  return Math.ceil(20 * 500 ** random.fraction());
}

function faultActions(fault: Fault, atMs: number, random: Random, context: Context): Action[] {
  const [a = "", b = ""] = random.shuffled(context.machines);
  const untilMs = atMs + duration(random);
  const ofWay = { from: [a], to: [b] };
  const of = (kind: ActionKind, numbers: Record<string, number> = {}) => [action(atMs, kind, ofWay, numbers)];
  const between = (
    kind: ActionKind,
    end: ActionKind,
    begin: Record<string, number>,
    after: Record<string, number>,
  ) => [action(atMs, kind, { from: [a] }, begin), action(untilMs, end, { from: [a] }, after)];
  switch (fault) {
    case "reset":
    case "half-open":
    case "blackhole":
      return of(fault, { which: random.below(4) });
    case "cut":
      return of("cut", { ms: untilMs - atMs });
    case "reconnect":
      return [action(atMs, "connect", { ...ofWay, isMutual: true })];
    case "partition":
      return partition(atMs, untilMs, random, context);
    case "swizzle":
      return swizzle(atMs, random, context);
    case "crash":
    case "power-off":
    case "leave":
      return between(fault, "start", {}, {});
    case "flood":
      return [action(atMs, "freeze", { from: [b] }, { ms: untilMs - atMs }), ...of("send", flood)];
    case "intrude":
      return [action(atMs, "intrude", { from: [a] }, { which: random.below(7) })];
    case "freeze":
    case "block":
      return [action(atMs, fault, { from: [a] }, { ms: untilMs - atMs })];
    case "refuse":
      return between("refuse", "accept", {}, {});
    case "pieces":
      return between("pieces", "pieces", { bytes: random.of([1, 2, 7, 100]) }, { bytes: 0 });
    case "reading":
      return between("reading", "reading", { bytesPerMs: random.of([1, 20, 500]) }, { bytesPerMs: 0 });
    case "link":
      return of("link", {
        latencyMs: random.of([0, 1, 20, 200]),
        jitterMs: random.of([0, 5, 50]),
        bytesPerMs: random.of([20, 1000, 100_000]),
      });
    default:
      return fault satisfies never;
  }
}

function partition(atMs: number, untilMs: number, random: Random, { machines }: Context): Action[] {
  const order = random.shuffled(machines);
  const size = random.between(1, machines.length - 1);
  const groups = { from: order.slice(0, size), to: order.slice(size), isMutual: random.chance(0.7) };
  return [action(atMs, "cut", groups), action(untilMs, "heal", groups)];
}

/** As FoundationDB's simulation does: links are stopped one by one, and opened again in another order. */
function swizzle(atMs: number, random: Random, { machines }: Context): Action[] {
  const ways = machines.flatMap((from) =>
    machines.filter((to) => to !== from).map((to) => ({ from: [from], to: [to] })),
  );
  const chosen = random.shuffled(ways).slice(0, random.between(1, ways.length));
  const stepMs = duration(random) / chosen.length;
  const cuts = chosen.map((way, index) => action(Math.round(atMs + index * stepMs), "cut", way));
  const endMs = atMs + chosen.length * stepMs;
  const heals = random
    .shuffled(chosen)
    .map((way, index) => action(Math.round(endMs + index * stepMs), "heal", way));
  return [...cuts, ...heals];
}
