// More for slow actors of one node than they can take, from two others, for as long as one likes: what became of each message,
// how much memory everybody took, and how long a stranger waited for another actor of that node.
import { quantile } from "../bench/statistics.ts";
import {
  type Offered,
  type OverloadCommand,
  type Policy,
  type ProcessState,
  policies,
  type Tallies,
} from "./overload-program.testing.ts";
import { ProgramProcess } from "./program-process.testing.ts";

export interface OverloadOptions {
  /** The program, as it was built. */
  readonly file: string;
  readonly lastsMs: number;
  /** How often more than a sink can take. */
  readonly times: number;
  /** Characters of a message. */
  readonly bytes: number;
  readonly onProgress?: (text: string) => void;
}

export interface PolicyTally {
  readonly offered: number;
  readonly handled: number;
  /** Refused or dropped, and counted where that happened. */
  readonly counted: number;
  /** Neither handled nor counted. */
  readonly lost: number;
  readonly misordered: number;
}

/** Of one process, in bytes: what is left after a collection, and what its system has given it, most of it garbage. */
export interface ProcessMemory {
  readonly process: string;
  readonly heldBefore: number;
  readonly heldAtEnd: number;
  readonly residentBefore: number;
  readonly residentAtHalf: number;
  readonly residentAtEnd: number;
}

export interface Overload {
  readonly policies: Readonly<Record<Policy, PolicyTally>>;
  readonly memory: readonly ProcessMemory[];
  /** Of a stranger's calls of another actor, in milliseconds. */
  readonly idleP99: number;
  readonly busyP99: number;
}

/** What a drop takes, in milliseconds. */
const paceMs = 2;
const lookMs = 1000;
/** Calls that warm up what is called and who calls. */
const warmMs = 1000;
/** Of the longest time that calls take one behind the other. */
const spellMs = 5000;

class OverloadProcess extends ProgramProcess<OverloadCommand, never> {
  readonly name: string;

  constructor(file: string, name: string) {
    super(file, [], ["--expose-gc"]);
    this.name = name;
  }

  async state(isCollected: boolean): Promise<ProcessState> {
    return (await this.tell({ kind: "state", isCollected })) as ProcessState;
  }

  async calls(ms: number): Promise<readonly number[]> {
    return (await this.tell({ kind: "call", ms })) as readonly number[];
  }
}

export async function overload(options: OverloadOptions): Promise<Overload> {
  const consumer = new OverloadProcess(options.file, "consumer");
  const producers = ["first producer", "second producer"].map(
    (name) => new OverloadProcess(options.file, name),
  );
  const stranger = new OverloadProcess(options.file, "stranger");
  const all = [consumer, ...producers, stranger];
  try {
    const seed = (await consumer.tell({ kind: "consume", paceMs })) as string;
    await Promise.all(all.slice(1).map((one) => one.tell({ kind: "connect", seed })));
    return await run(options, consumer, producers, stranger);
  } finally {
    await Promise.all(all.map((one) => one.kill()));
  }
}

async function run(
  { lastsMs, times, bytes, onProgress = () => {} }: OverloadOptions,
  consumer: OverloadProcess,
  producers: readonly OverloadProcess[],
  stranger: OverloadProcess,
): Promise<Overload> {
  const watched = [consumer, ...producers];
  await stranger.calls(warmMs);
  const idle = await stranger.calls(Math.min(spellMs, lastsMs));
  const look = (isCollected: boolean): Promise<ProcessState[]> =>
    Promise.all(watched.map((one) => one.state(isCollected)));
  const before = await look(true);
  let half: ProcessState[] | undefined;
  // A pace is what a timer makes of it: at best a sink takes so many a second.
  const perSecond = (times * 1000) / paceMs / producers.length;
  for (const [source, one] of producers.entries()) {
    await one.tell({ kind: "begin", source, perSecond, bytes });
  }
  const busy: number[] = [];
  const endMs = performance.now() + lastsMs;
  for (let left = lastsMs; left > 0; left = endMs - performance.now()) {
    busy.push(...(await stranger.calls(Math.min(lookMs, left))));
    if (endMs - performance.now() <= lastsMs / 2) half ??= await look(false);
    onProgress(`${Math.max(0, Math.round((endMs - performance.now()) / 1000))} s to go`);
  }
  const end = await look(true);
  const offered = await Promise.all(
    producers.map(async (one) => (await one.tell({ kind: "end" })) as Offered),
  );
  // Behind all that each has sent: the later one has heard of everything.
  for (const one of producers) await one.tell({ kind: "tallies" });
  const tallies = (await producers[0]!.tell({ kind: "tallies" })) as Tallies;
  const states = await look(false);
  const sum = (figure: (state: ProcessState) => number): number =>
    states.reduce((all, state) => all + figure(state), 0);
  const counted = {
    wait: 0,
    reject: sum(({ refused }) => refused),
    dropOldest: sum(({ dropped }) => dropped),
  };
  return {
    policies: Object.fromEntries(
      policies.map((policy) => [policy, tallyOf(offered, tallies, counted, policy)]),
    ) as Overload["policies"],
    memory: watched.map(({ name }, index) => ({
      process: name,
      heldBefore: before[index]!.held,
      heldAtEnd: end[index]!.held,
      residentBefore: before[index]!.resident,
      residentAtHalf: (half ?? before)[index]!.resident,
      residentAtEnd: end[index]!.resident,
    })),
    idleP99: quantile(idle, 0.99).value,
    busyP99: quantile(busy, 0.99).value,
  };
}

function tallyOf(
  offers: readonly Offered[],
  tallies: Tallies,
  counts: Readonly<Record<Policy, number>>,
  policy: Policy,
): PolicyTally {
  const offered = offers.reduce((sum, one) => sum + one[policy], 0);
  const { handled, misordered } = tallies[policy];
  const counted = counts[policy];
  return { offered, handled, counted, lost: offered - handled - counted, misordered };
}

const megabyte = 2 ** 20;
const growthMax = 64 * megabyte;
const slowdownMax = 2;

/** What does not keep its promise; `isTimed`: also what the machine has a part in. */
export function brokenPromises(
  { policies: tallies, memory, idleP99, busyP99 }: Overload,
  isTimed: boolean,
): readonly string[] {
  const broken: string[] = [];
  for (const [policy, { lost, misordered }] of Object.entries(tallies)) {
    if (lost !== 0) broken.push(`${policy}: ${lost} neither handled nor counted`);
    if (misordered !== 0) broken.push(`${policy}: ${misordered} out of order`);
  }
  for (const { process, heldBefore, heldAtEnd, residentAtHalf, residentAtEnd } of memory) {
    const held = heldAtEnd - heldBefore;
    if (held >= growthMax) broken.push(`the ${process} holds ${(held / megabyte).toFixed(0)} MB more`);
    const resident = residentAtEnd - residentAtHalf;
    if (resident >= growthMax)
      broken.push(`the ${process} goes on growing: ${(resident / megabyte).toFixed(0)} MB`);
  }
  if (isTimed && busyP99 > slowdownMax * idleP99) {
    broken.push(`strangers waited ${(busyP99 / idleP99).toFixed(1)} times as long`);
  }
  return broken;
}
