// What readers ask of unions whose arms differ in kind. A type that is no such union is the only arm of one.
import { overlap } from "../array-kind.ts";
import type { CanonicalMixed, CanonicalNode, CanonicalType, NodeIndex } from "../canonical-type.ts";
import { jsonKindsOf, type Kinds, kindsOfNode } from "../kinds.ts";
import { armPath } from "../type-path.ts";
import type { Incompatibility } from "./incompatibility.ts";

interface Arm {
  readonly ordinal: number;
  readonly type: NodeIndex;
  readonly kinds: Kinds;
  /** What its values may be in JSON, and beside the other arms. */
  readonly json: readonly string[];
}

export interface Arms {
  readonly tagged: boolean;
  readonly all: readonly Arm[];
}

/** The arms of a node. */
export function armsOf(type: CanonicalType, index: NodeIndex, node: CanonicalNode): Arms {
  const { tagged, arms }: Pick<CanonicalMixed, "tagged" | "arms"> =
    node.kind === "mixed" ? node : { tagged: false, arms: [{ ordinal: 0, type: index }] };
  const kinds = arms.map((arm) => kindsOfNode(type, arm.type));
  const json = jsonKindsOf(kinds);
  const all = arms.map((arm, i) => ({ ...arm, kinds: kinds[i] ?? noKinds, json: json[i] ?? [] }));
  return { tagged, all };
}

const noKinds: Kinds = { javaScript: [], json: [], binary: [], hasNonFinite: false };

/** The walk that the comparison is part of. */
interface Reading {
  add(path: string, findings: readonly Pick<Incompatibility, "rule" | "message">[]): void;
  type(writer: NodeIndex, reader: NodeIndex, path: string, place: "element"): void;
}

export function compareArms(
  reading: Reading,
  format: "binary" | "json",
  writer: Arms,
  reader: Arms,
  path: string,
): void {
  if (format === "json")
    return byKind(
      reading,
      writer,
      reader,
      path,
      ({ json }) => json,
      ({ kinds }) => kinds.json,
    );
  if (writer.tagged && reader.tagged) return byOrdinal(reading, writer, reader, path);
  if (!writer.tagged && !reader.tagged) {
    return byKind(reading, writer, reader, path, binaryKinds, binaryKinds);
  }
  const said = (tagged: boolean): string => (tagged ? "arms behind their ordinals" : "values as they are");
  const message = `the writer sends ${said(writer.tagged)}, the reader takes ${said(reader.tagged)}`;
  reading.add(path, [{ rule: "arm-encoding", message }]);
}

const binaryKinds = ({ kinds }: Arm): readonly string[] => kinds.binary;

function nameOf({ kinds }: Arm): Kinds["json"][number] {
  return kinds.json[0] ?? "null";
}

/** Each arm of the writer goes to whatever arm of the reader takes its kinds. */
function byKind(
  reading: Reading,
  writer: Arms,
  reader: Arms,
  path: string,
  sentKinds: (arm: Arm) => readonly string[],
  takenKinds: (arm: Arm) => readonly string[],
): void {
  for (const sent of writer.all) {
    const place = writer.all.length > 1 ? armPath(path, nameOf(sent)) : path;
    const takers = reader.all.filter((arm) => areOverlapping(takenKinds(arm), sentKinds(sent)));
    if (takers.length === 0) reading.add(place, [unknown(sent)]);
    else if (isTorn(sent, takers)) reading.add(place, [notFinite]);
    else for (const taker of takers) reading.type(sent.type, taker.type, place, "element");
  }
}

function areOverlapping(a: readonly string[], b: readonly string[]): boolean {
  return a.some((kind) => b.some((other) => overlap(kind, other)));
}

/** The reader has one arm for numbers and one for the strings that stand for those that are not finite. */
function isTorn(sent: Arm, takers: readonly Arm[]): boolean {
  return sent.kinds.hasNonFinite && takers.length > 1;
}

const notFinite = {
  rule: "not-finite",
  message: "NaN and the infinities of the writer are strings, which the reader takes for strings",
} as const;

function unknown(sent: Arm): Pick<Incompatibility, "rule" | "message"> {
  const message = `the writer may send it (${sent.kinds.javaScript.join(" or ")}), the reader does not take it`;
  return { rule: "arm-unknown", message };
}

function byOrdinal(reading: Reading, writer: Arms, reader: Arms, path: string): void {
  for (const sent of writer.all) {
    const place = armPath(path, nameOf(sent));
    const taker = reader.all.find(({ ordinal }) => ordinal === sent.ordinal);
    if (taker === undefined) reading.add(place, [unknown(sent)]);
    else if (!overlap(nameOf(taker), nameOf(sent))) reading.add(place, [reused(sent, taker)]);
    else reading.type(sent.type, taker.type, place, "element");
  }
}

function reused(sent: Arm, taken: Arm): Pick<Incompatibility, "rule" | "message"> {
  const said = ({ kinds }: Arm): string => kinds.javaScript.join(" or ");
  const message = `ordinal ${sent.ordinal} is ${said(sent)} for the writer, ${said(taken)} for the reader`;
  return { rule: "ordinal-reused", message };
}
