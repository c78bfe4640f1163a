// The graph of calls as a list for people: each caller with what it does to whom, and where.
import type { GraphReport, ReportedCall } from "./graph-report.ts";

const verbs = { ask: "asks", tell: "tells", spawn: "spawns" } as const;

/** What a call does, without where: `asks Ledger.post`. */
export function deed({ kind, to, method }: ReportedCall): string {
  return `${verbs[kind]} ${method === undefined ? to : `${to}.${method}`}`;
}

export function placeOf({ file, line, column }: { file: string; line: number; column: number }): string {
  return `${file}:${line}:${column}`;
}

export function graphLines({ actors, calls }: GraphReport): readonly string[] {
  const callers = new Map<string, string>(actors.map((actor) => [actor.name, headOf(actor)]));
  for (const { from } of calls) if (!callers.has(from)) callers.set(from, from);
  return [...callers].flatMap(([name, head]) => {
    const deeds = deedsOf(calls.filter(({ from }) => from === name));
    return [head, ...(deeds.length === 0 ? ["  calls nobody"] : deeds), ""];
  });
}

function headOf(actor: GraphReport["actors"][number]): string {
  return `${actor.name}  ${placeOf(actor)}${actor.reentrant ? "  (reentrant)" : ""}`;
}

/** One line for all calls of a method. */
function deedsOf(calls: readonly ReportedCall[]): readonly string[] {
  const places = new Map<string, string[]>();
  for (const call of calls) places.set(deed(call), [...(places.get(deed(call)) ?? []), placeOf(call)]);
  const width = Math.max(...[...places.keys()].map((text) => text.length));
  return [...places].map(([text, at]) => `  ${text.padEnd(width)}  ${at.join(", ")}`);
}
