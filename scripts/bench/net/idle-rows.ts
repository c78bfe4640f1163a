// What a socket costs on which nothing is said, in memory of each side: many are opened between two processes, and the growth
// of the process is divided by their number. As many were opened before: what the engine takes once, for what garbage
// handshakes make of it and for code, is no socket's.
import type { BenchOptions } from "../result.ts";
import type { BudgetRow } from "../row.ts";
import { median } from "../statistics.ts";
import { bundled, peersFolder, pinned } from "./contestants.ts";
import { LineProcess } from "./line-process.ts";

/** What a socket of Hewn may take. */
const budgetKb = 15;
const peers = 1000;
/** Two lanes. */
const socketsOf = { hewn: 2, raw: 1 } as const;

type Stack = keyof typeof socketsOf;
/** `held`: objects and buffers that live. `resident`: with what the engine and the system keep for what was there before. */
interface Memory {
  readonly resident: number;
  readonly held: number;
}

type Side = "accepted" | "dialled";

export async function idleRows({ rounds, node, isQuick, say }: BenchOptions): Promise<readonly BudgetRow[]> {
  const command = [...(await pinned(say)), node, "--expose-gc", await bundled("idle.ts")];
  const rows: BudgetRow[] = [];
  for (const side of ["accepted", "dialled"] as const) {
    say(`idle, ${side}`);
    const found: Record<Stack, Memory[]> = { hewn: [], raw: [] };
    for (let round = 0; round < Math.min(rounds, 5); round++) {
      for (const stack of ["hewn", "raw"] as const) {
        found[stack].push(await socketKb(command, { stack, side, count: isQuick ? 50 : peers }));
      }
    }
    for (const kind of ["held", "resident"] as const) rows.push(rowOf(side, kind, found));
  }
  return rows;
}

/** The side that is looked at is one node, so that what a node takes by itself does not count. */
async function socketKb(
  command: readonly string[],
  { stack, side, count }: { stack: Stack; side: Side; count: number },
): Promise<Memory> {
  const [listening, dialling] = side === "accepted" ? [1, count] : [count, 1];
  const listener = new LineProcess([...command, "listen", stack, String(listening)], peersFolder);
  try {
    const addresses = await listener.next();
    const dialler = new LineProcess([...command, "dial", stack, String(dialling), addresses], peersFolder);
    try {
      const looked = side === "accepted" ? listener : dialler;
      await dialler.ask("warm");
      const before = memoryOf(await looked.ask("memory"));
      await dialler.ask("dial");
      const after = memoryOf(await looked.ask("memory"));
      const share = (1024 * count * socketsOf[stack]) / 2;
      return {
        resident: (after.resident - before.resident) / share,
        held: (after.held - before.held) / share,
      };
    } finally {
      dialler.stop();
    }
  } finally {
    listener.stop();
  }
}

function memoryOf(line: string): Memory {
  const [resident = 0, held = 0] = line.split(" ").map(Number);
  return { resident, held };
}

function rowOf(side: Side, kind: keyof Memory, found: Record<Stack, readonly Memory[]>): BudgetRow {
  const { value, low, high } = median(found.hewn.map((memory) => memory[kind]));
  const digits = (kb: number): number => Math.round(10 * kb) / 10;
  return {
    ...{ row: "idle", operation: `${side}, ${kind}`, unit: "KB", hewn: digits(value) },
    ...{ low: digits(low), high: digits(high) },
    ...{ budget: budgetKb, ahead: Math.round((100 * budgetKb) / value) / 100 },
    peers: { raw: digits(median(found.raw.map((memory) => memory[kind])).value) },
    parts: {},
  };
}
