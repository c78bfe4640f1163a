// The part of the report about actors: those of one process beside nact and Erlang, those of two beside sockets and peers.
import type { RecordedResult } from "../conditions.ts";
import { type ContestRow, isContest, isNet, type NetRow, netRivals, rivals } from "../row.ts";
import { markdownTable, paragraphs } from "./markdown.ts";
import { betweenOperations, interval } from "./net-section.ts";
import { engineOf, type Results } from "./results.ts";

const local: Readonly<Record<string, string>> = {
  tell: "a tell, until it is handled",
  ask: "an ask, one after the other",
  ask256: "an ask, 256 under way",
  spawn: "started and ended",
};

export function actorsSection({ actors }: Results): string {
  if (actors === undefined) return "";
  return paragraphs(
    `## Actors, ${engineOf(actors)}`,
    localPart(actors.rows.filter(isContest)),
    betweenPart(actors),
  );
}

function localPart(rows: readonly ContestRow[]): string {
  if (rows.length === 0) return "";
  const cells = rows.map((row) => [
    local[row.operation] ?? row.operation,
    String(row.hewn),
    row.ahead < 1 ? `**${row.ahead.toFixed(2)}**` : row.ahead.toFixed(2),
    interval(row.aheadLow, row.aheadHigh),
    rivals(row)
      .map(([name, figure]) => `${name} ${figure}`)
      .join(", "),
  ]);
  return paragraphs(
    "### In one process",
    "Nanoseconds of processor time each, on one core; messages are SensorReadings.",
    markdownTable(["", "Hewn, ns", "ahead", "95 %", "peers, ns"], cells, [0, 4]),
  );
}

function betweenPart({ rows }: RecordedResult): string {
  const between = rows.filter(isNet);
  if (between.length === 0) return "";
  return paragraphs(
    "### Between two processes",
    measured,
    ...betweenOperations.map(({ name, title, about }) => {
      const ofOperation = between.filter(({ operation }) => operation === name);
      return ofOperation.length === 0 ? "" : paragraphs(`#### ${title}`, about, betweenTable(ofOperation));
    }),
  );
}

const measured = `Tells and asks through handles, with everything on that users have on, measured as
messages between processes are, above. **raw** encodes nothing; **Hewn's transport** carries the same
messages without actors.`;

function betweenTable(rows: readonly NetRow[]): string {
  const unit = rows[0]?.unit ?? "";
  const header = ["", `Hewn, ${unit}`, "of raw", "95 %", "of Hewn's transport", "ahead", `peers, ${unit}`];
  return markdownTable(header, rows.map(betweenCells), [0, header.length - 1]);
}

function betweenCells(row: NetRow): readonly string[] {
  const { ahead = 0 } = row;
  return [
    row.row,
    String(row.hewn),
    row.ofRaw.toFixed(2),
    interval(row.ofRawLow, row.ofRawHigh),
    row.limits["hewn's transport"]?.of.toFixed(2) ?? "",
    ahead < 1 ? `**${ahead.toFixed(2)}**` : ahead.toFixed(2),
    netRivals(row)
      .map(([name, figure]) => `${name} ${figure}`)
      .join(", "),
  ];
}
