// Where other libraries are better than Hewn: every such row of the results, and why it is so.
import type { RecordedResult } from "../conditions.ts";
import { type ContestRow, isContest, rivals } from "../row.ts";
import { counted, folded, markdownTable, paragraphs } from "./markdown.ts";
import { operationNames } from "./operations.ts";
import { engineOf, type Results } from "./results.ts";

/** Written by hand, for what the patterns match: contestants, or `bundle`. */
const reasons: readonly (readonly [peers: RegExp, why: string])[] = [
  [
    /avsc/,
    "**Avro** (avsc) writes neither names nor numbers of fields, and no tag says what a value is: only who has the writer's schema can read a message. Every value of Hewn is MessagePack and says what it is, for about a byte each, so that any such library and `hewn decode` can read it.",
  ],
  [
    /^(?:protobuf|pbf)/,
    "**Protocol Buffers** (protobufjs, protobuf-es, pbf) write a tag for each field, but none for the numbers in a list, which stand packed side by side. Integers take as few bytes as they need; those of Hewn have one byte where they fit into it, and else most have the width of their declared type behind a tag.",
  ],
  [
    /schemapack/,
    "**schemapack** writes no tags either, and neither checks what it writes nor what it reads. It has no unions and no integers of 64 bits, and so no part in those rows.",
  ],
  [
    /bebop/,
    "**bebop** gives every number the width of its declared type and no tag, so that reading one is a single load without a question. It checks little of what it reads; Hewn looks at the tag, the range and the end of the message.",
  ],
  [
    /fury/,
    "**fury** generates its code while the program runs, from a description, with `new Function`: strict content security policies forbid that. It carries integers of 64 bits as doubles here, because they do not come back right otherwise.",
  ],
  [
    /^msgpackr/,
    "**msgpackr** reads the texts of a message in one go by an addon in C++, where that could be installed; with shared structures both sides keep the names of the properties, and messages have none.",
  ],
  [
    /cbor-x/,
    "**cbor-x** is made as msgpackr is: an addon for text where that could be installed, and structures that both sides keep.",
  ],
  [
    /JSON/,
    "**JSON** is a part of the engine, in C++: it sees how numbers and strings are kept, and writes and reads them without a call for each. `JSON.parse` makes whatever the text says; `parseX` answers an `X` or throws.",
  ],
  [
    /^bundle$/,
    "**Bundles.** What Hewn's codecs carry more than the smallest are the checks in both directions, and errors that name the offset and the path of what is wrong.",
  ],
];

export function betterPeersSection({ codec, elsewhere, size }: Results): string {
  const main = [...(codec ? lost(codec, size !== undefined) : []), ...(size ? lost(size, false) : [])];
  const others = elsewhere
    .map((result) => ({ engine: engineOf(result), rows: lost(result, true) }))
    .filter(({ rows }) => rows.length > 0);
  const names = [...main, ...others.flatMap(({ rows }) => rows)].flatMap(subjects);
  return paragraphs(
    "## Where a peer is better",
    mainPart(main),
    ...others.map(({ engine, rows }) =>
      folded(`${engine}: ${counted(rows.length, "row")}`, betterTable(rows)),
    ),
    reasons
      .filter(([peers]) => names.some((name) => peers.test(name)))
      .map(([, why]) => `- ${why}`)
      .join("\n"),
  );
}

/** In the order of the sections. */
function lost({ rows }: RecordedResult, withoutSizes: boolean): readonly ContestRow[] {
  return rows
    .filter(isContest)
    .filter(({ ahead, operation }) => ahead < 1 && !(withoutSizes && operation === "bytes"))
    .toSorted((a, b) => operationNames.indexOf(a.operation) - operationNames.indexOf(b.operation));
}

function mainPart(rows: readonly ContestRow[]): string {
  if (rows.length === 0) return "In no row of the main tables.";
  const text = `In ${counted(rows.length, "row")} of the main tables. How many times better the peer is, by the median of the rounds; others that are ahead by their median figure stand behind it.`;
  return paragraphs(text, betterTable(rows));
}

function betterTable(rows: readonly ContestRow[]): string {
  const cells = rows.map((row) => {
    const others = rivals(row).filter(([name, figure]) => name !== row.best && isBetter(row, figure));
    const also = others.map(([name, figure]) => `${name} ${(row.hewn / figure).toFixed(2)}`).join(", ");
    return [row.operation, row.row, row.best, timesBetter(row).toFixed(2), also];
  });
  return markdownTable(["operation", "row", "peer", "times better", "also"], cells, [0, 1, 2, 4]);
}

/** Lengths are exact, and their rounded ratio is less so; of times the median of the ratios counts. */
function timesBetter({ unit, hewn, peers, best, ahead }: ContestRow): number {
  return unit === "bytes" ? hewn / peers[best]! : 1 / ahead;
}

/** Libraries without types add no bytes for a further one: that is no contest. */
function isBetter({ hewn }: ContestRow, figure: number): boolean {
  return figure > 0 && figure < hewn;
}

/** What has to be explained. */
function subjects(row: ContestRow): readonly string[] {
  if (row.operation === "bundle") return ["bundle"];
  return [row.best, ...rivals(row).flatMap(([name, figure]) => (isBetter(row, figure) ? [name] : []))];
}
