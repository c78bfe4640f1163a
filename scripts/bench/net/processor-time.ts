// How much processor time processes have taken. On one core that is what bounds a rate, and unlike the clock it does not
// count what everybody else on the machine does meanwhile.
import { readdirSync, readFileSync } from "node:fs";

/** Nanoseconds that the processes were running, all threads together; undefined where the system does not tell. */
export function processorNs(pids: readonly number[]): number | undefined {
  try {
    return pids.flatMap(threadsOf).reduce((sum, folder) => sum + runningNs(folder), 0);
  } catch {
    return undefined;
  }
}

function threadsOf(pid: number): readonly string[] {
  return readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}`);
}

/** A thread may end while it is looked at. */
function runningNs(thread: string): number {
  try {
    return Number(readFileSync(`${thread}/schedstat`, "utf8").split(" ")[0]);
  } catch {
    return 0;
  }
}

/** The process and all that it has started, and they; the process alone where the system does not tell. */
export function withDescendants(pid: number): readonly number[] {
  const parents = new Map(processes().map((one) => [one, parentOf(one)]));
  const found = new Set([pid]);
  for (const one of found) {
    for (const [child, parent] of parents) if (parent === one) found.add(child);
  }
  return [...found];
}

function processes(): readonly number[] {
  try {
    return readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function parentOf(pid: number): number | undefined {
  try {
    // The second field is the name of the program in parentheses, which may hold anything.
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}
