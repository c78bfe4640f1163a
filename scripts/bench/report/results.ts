// The results that a report is made of: which is the main one, and which show the same elsewhere.
import type { RecordedResult } from "../conditions.ts";
import { type ContestRow, isContest } from "../row.ts";

export interface Results {
  /** The codec bench on the engine that floors are stated for, or on the newest that was measured. */
  readonly codec?: RecordedResult;
  /** The codec bench on other engines and with the portable build. */
  readonly elsewhere: readonly RecordedResult[];
  readonly size?: RecordedResult;
  readonly compile?: RecordedResult;
  readonly net?: RecordedResult;
  readonly cluster?: RecordedResult;
  readonly gossip?: RecordedResult;
  readonly actors?: RecordedResult;
}

/** The engine that floors are stated for. */
const mainMajor = 24;

/** @throws TypeError where two results were measured under the same conditions, or one is of no known bench */
export function resultsOf(all: readonly RecordedResult[]): Results {
  const seen = new Set<string>();
  for (const result of all) {
    const name = `${result.bench} on ${engineOf(result)}`;
    if (!["codec", "size", "compile", "net", "cluster", "gossip", "actors"].includes(result.bench))
      throw new TypeError(`no such bench: ${name}`);
    if (seen.has(name)) throw new TypeError(`there are two results of ${name}`);
    seen.add(name);
  }
  const codecs = all.filter(({ bench }) => bench === "codec").toSorted((a, b) => rank(b) - rank(a));
  const [codec, ...others] = codecs;
  const size = all.find(({ bench }) => bench === "size");
  const compile = all.find(({ bench }) => bench === "compile");
  const net = all.find(({ bench }) => bench === "net");
  const cluster = all.find(({ bench }) => bench === "cluster");
  const gossip = all.find(({ bench }) => bench === "gossip");
  const actors = all.find(({ bench }) => bench === "actors");
  return {
    elsewhere: others.toSorted((a, b) => Number(a.portable) - Number(b.portable) || majorOf(a) - majorOf(b)),
    ...(codec && { codec }),
    ...(size && { size }),
    ...(compile && { compile }),
    ...(net && { net }),
    ...(cluster && { cluster }),
    ...(gossip && { gossip }),
    ...(actors && { actors }),
  };
}

function rank(result: RecordedResult): number {
  return (result.portable ? 0 : 2000) + (majorOf(result) === mainMajor ? 1000 : 0) + majorOf(result);
}

function majorOf({ node }: RecordedResult): number {
  return Number.parseInt(node, 10);
}

/** Whether floors are stated for what was measured. */
export function hasFloors(result: RecordedResult): boolean {
  return majorOf(result) === mainMajor && !result.portable;
}

export function engineOf(result: RecordedResult): string {
  return `Node ${majorOf(result)}${result.portable ? ", portable" : ""}`;
}

export function allOf({
  codec,
  elsewhere,
  size,
  compile,
  net,
  cluster,
  gossip,
  actors,
}: Results): readonly RecordedResult[] {
  return [codec, ...elsewhere, size, compile, net, cluster, gossip, actors].filter(
    (result) => result !== undefined,
  );
}

/** The rows of one operation that have peers. */
export function contestRows(result: RecordedResult | undefined, operation: string): readonly ContestRow[] {
  return (result?.rows ?? []).filter(isContest).filter((row) => row.operation === operation);
}
