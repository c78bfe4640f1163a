// The graph of calls for Graphviz: actors are boxes, other files notes; asks in a circle are red.
import type { GraphReport, ReportedCall } from "./graph-report.ts";

const styles = { ask: "solid", tell: "dashed", spawn: "dotted" } as const;

export function dotText({ actors, calls, circles }: GraphReport): string {
  const names = new Set(actors.map(({ name }) => name));
  const files = new Set(calls.flatMap(({ from }) => (names.has(from) ? [] : [from])));
  const inCircle = new Set(circles.flat().map(({ from, to }) => `${from} ${to}`));
  const edges = new Set<string>();
  for (const call of calls) {
    const isRed = call.kind === "ask" && inCircle.has(`${call.from} ${call.to}`);
    edges.add(edgeText(call, isRed));
  }
  return [
    "digraph actors {",
    "  node [shape=box];",
    ...[...names].map((name) => `  ${quoted(name)};`),
    ...[...files].map((file) => `  ${quoted(file)} [shape=note];`),
    ...edges,
    "}",
  ].join("\n");
}

function edgeText({ from, to, kind, method }: ReportedCall, isRed: boolean): string {
  const label = method === undefined ? "" : `, label=${quoted(method)}`;
  const colour = isRed ? ", color=red" : "";
  return `  ${quoted(from)} -> ${quoted(to)} [style=${styles[kind]}${label}${colour}];`;
}

function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
