// How long it takes until all know of newcomers: one, and thirty at once.

import { Fleet, FleetProcess, nameOf, portOf } from "../../faults/fleet.testing.ts";
import type { FleetTold } from "../../faults/fleet-program.testing.ts";
import { nowMs } from "../../faults/program-process.testing.ts";

export interface JoiningOptions {
  readonly file: string;
  readonly trials: number;
  readonly isQuick: boolean;
}

type Full = Extract<FleetTold, { readonly kind: "full" }>;

/** From the call that joins to when the others have heard of it and it has heard of all, in milliseconds. */
export async function joinOne({ file, trials, isQuick }: JoiningOptions): Promise<readonly number[]> {
  const size = isQuick ? 4 : 10;
  const fleet = await Fleet.start({ file, size, profile: "lan" });
  const took: number[] = [];
  try {
    const newcomer = size - 1;
    const others = fleet.nodes.filter((node) => node !== newcomer);
    for (let trial = 0; trial < trials; trial++) {
      await fleet.process(newcomer).tell({ kind: "leave", name: nameOf(newcomer) });
      await fleet.process(newcomer).kill();
      for (const node of others) fleet.process(node).forget();
      const started = fleet.prepare(newcomer);
      await started.tell({ kind: "letters" });
      const sinceMs = nowMs();
      await started.tell(fleet.order(newcomer));
      const id = await fleet.idOf(newcomer);
      const told = await fleet.told(others, id, ["alive"]);
      took.push(Math.max(...told, await fullAt(started, nameOf(newcomer))) - sinceMs);
      await fleet.settled();
    }
  } finally {
    await fleet.stop();
  }
  return took;
}

/** From when the last of thirty begins to when all know all, in milliseconds: ten nodes in each of three processes. */
export async function joinThirty({ file, trials, isQuick }: JoiningOptions): Promise<readonly number[]> {
  const took: number[] = [];
  for (let trial = 0; trial < trials; trial++) took.push(await thirtyAtOnce(file, isQuick ? 2 : 10));
  return took;
}

async function thirtyAtOnce(file: string, each: number): Promise<number> {
  const processes = Array.from({ length: 3 }, () => new FleetProcess(file));
  const size = processes.length * each;
  try {
    for (const one of processes) await one.tell({ kind: "letters" });
    const joining = Array.from({ length: size }, async (_, node) => {
      const at = (one: number): string => `127.0.0.1:${portOf(one)}`;
      const program = processes[node % processes.length]!;
      const order = {
        kind: "join",
        name: nameOf(node),
        bind: at(node),
        seeds: [at(0)],
        expects: size,
      } as const;
      return (await program.tell(order)) as number;
    });
    const begunAtMs = Math.max(...(await Promise.all(joining)));
    const full = Array.from({ length: size }, (_, node) =>
      fullAt(processes[node % processes.length]!, nameOf(node)),
    );
    return Math.max(0, Math.max(...(await Promise.all(full))) - begunAtMs);
  } finally {
    await Promise.all(processes.map((one) => one.kill()));
  }
}

async function fullAt(program: FleetProcess, name: string): Promise<number> {
  const isIt = (event: FleetTold): event is Full => event.kind === "full" && event.by === name;
  return (await program.next(`${name} knows all`, isIt)).atMs;
}
