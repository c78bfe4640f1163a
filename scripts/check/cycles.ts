// Gate: no circle of imports, erased ones included: two files that need each other are one idea, or three.
import type { Gate, Violation } from "./gate.ts";
import { moduleGraph } from "./module-graph.ts";
import type { Project } from "./project.ts";

export const cyclesGate: Gate = {
  name: "cycles",
  about: "no circle of imports between files, 'import type' included",
  run: importCycles,
};

type Targets = ReadonlyMap<string, ReadonlyMap<string, number>>;

export function importCycles(project: Project): readonly Violation[] {
  const targets = new Map<string, Map<string, number>>();
  for (const { from, to, line, kind } of moduleGraph(project).edges) {
    if (to === undefined || kind === "name") continue;
    const known = targets.get(from) ?? new Map<string, number>();
    if (!known.has(to)) known.set(to, line);
    targets.set(from, known);
  }
  const told = new Set<string>();
  const violations: Violation[] = [];
  for (const file of targets.keys()) {
    const circle = told.has(file) ? undefined : shortestCircle(targets, file);
    if (!circle) continue;
    for (const member of circle) told.add(member);
    violations.push({
      file,
      line: targets.get(file)?.get(circle[1] ?? file) ?? 1,
      message: `imports itself in a circle: ${[...circle, file].join(" -> ")}`,
    });
  }
  return violations;
}

/** The files of a shortest way from `start` back to itself, `start` first. */
function shortestCircle(targets: Targets, start: string): readonly string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const file of queue) {
    for (const next of targets.get(file)?.keys() ?? []) {
      if (next === start) return wayTo(cameFrom, start, file);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, file);
      queue.push(next);
    }
  }
  return undefined;
}

function wayTo(cameFrom: ReadonlyMap<string, string>, start: string, end: string): readonly string[] {
  const way = [end];
  for (let file = end; file !== start; ) {
    file = cameFrom.get(file) ?? start;
    way.unshift(file);
  }
  return way;
}
