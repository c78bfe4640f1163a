// What a probe on the control lane takes while the user lane moves messages of 64 KB as fast as it can.
import type { BenchOptions } from "../result.ts";
import type { BudgetRow } from "../row.ts";
import { median } from "../statistics.ts";
import { bundled, peersFolder, pinned } from "./contestants.ts";
import { LineProcess } from "./line-process.ts";

/** Of 99 probes in a hundred. */
const budgetMs = 20;
const warmMs = 1000;
const sampleMs = 2000;

export async function probeRows({ rounds, node, isQuick, say }: BenchOptions): Promise<readonly BudgetRow[]> {
  say("control, under a flood of 64 KB");
  const command = [...(await pinned(say)), node, await bundled("probe.ts")];
  const server = new LineProcess([...command, "serve"], peersFolder);
  try {
    const [address = "", pid = ""] = (await server.next()).split(" ");
    const client = new LineProcess([...command, "flood", address, pid], peersFolder);
    try {
      await client.next();
      await client.ask(String(isQuick ? 100 : warmMs));
      const found: number[][] = [];
      for (let round = 0; round < Math.min(rounds, 9); round++) {
        found.push((await client.ask(String(isQuick ? 200 : sampleMs))).split(" ").map(Number));
      }
      return [rowOf("p50", found, 0), rowOf("p99", found, 1)];
    } finally {
      client.stop();
    }
  } finally {
    server.stop();
  }
}

function rowOf(operation: string, found: readonly (readonly number[])[], index: number): BudgetRow {
  const { value, low, high } = median(found.map((figures) => figures[index] ?? Number.NaN));
  const digits = (ms: number): number => Math.round(10 * ms) / 10;
  return {
    ...{ row: "control", operation, unit: "ms", hewn: digits(value), low: digits(low), high: digits(high) },
    ...{ budget: budgetMs, ahead: Math.round((100 * budgetMs) / value) / 100 },
    peers: {},
    parts: {},
  };
}
