// The size bench: encoded bytes of each workload, what encoding and decoding it adds to a program for browsers, and what
// each further type adds to that.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { contestRows, versionOf, wantedWorkloads } from "../codec/codec-bench.ts";
import { type WorkloadName, workloadNames } from "../codec/values.ts";
import { generateCode, peersFolder, preparePeers } from "../prepare-peers.ts";
import type { BenchOptions, BenchResult } from "../result.ts";
import { bestOf, type ContestRow } from "../row.ts";
import { bundleSize } from "./bundle-size.ts";
import { hewnProgram, type Made, peerPrograms } from "./programs.ts";
import { schemaSlice } from "./schema-slice.ts";

const workloadsFolder = join(import.meta.dirname, "../../../fixtures/bench");

/** The type that all others are added to. */
const first: WorkloadName = "SensorReading";

export async function sizeBench(options: BenchOptions): Promise<BenchResult> {
  const wanted = wantedWorkloads(options);
  await preparePeers(options.say);
  const rows = [...(await contestRows(options, wanted, ["bytes"]))];
  for (const workload of wanted) {
    options.say(`bundles of ${workload}`);
    rows.push(rowOf(workload, await sizes([workload])));
  }
  if (wanted.length === workloadNames.length) {
    options.say("bundles of all types");
    rows.push(await growth());
  }
  return { bench: "size", node: await versionOf(options.node), rows };
}

interface Sizes {
  readonly hewn: number;
  readonly peers: Readonly<Record<string, number>>;
}

async function sizes(types: readonly WorkloadName[]): Promise<Sizes> {
  const made = await madeFor(types);
  const peers: Record<string, number> = {};
  for (const [name, programOf] of Object.entries(peerPrograms)) {
    const program = programOf(types, made);
    if (program !== undefined) peers[name] = await bundleSize(program, peersFolder);
  }
  return { hewn: await bundleSize(hewnProgram(types), workloadsFolder), peers };
}

/** The mean of what eight types add to the first; of the peers, only those that carry them all. */
async function growth(): Promise<ContestRow> {
  const one = await sizes([first]);
  const all = await sizes(workloadNames);
  const each = (more: number, less: number): number => Math.round((more - less) / (workloadNames.length - 1));
  const peers = Object.entries(all.peers).map(
    ([name, size]) => [name, each(size, one.peers[name]!)] as const,
  );
  return rowOf("further type", { hewn: each(all.hewn, one.hewn), peers: Object.fromEntries(peers) });
}

function rowOf(row: string, { hewn, peers }: Sizes): ContestRow {
  // Libraries that know no types grow by none: told, but there is nothing to compare.
  const ratios = Object.entries(peers)
    .filter(([, size]) => size > 0)
    .map(([name, size]) => {
      const value = size / hewn;
      return { name, ratio: { value, low: value, high: value } };
    });
  return { row, operation: "bundle", unit: "bytes", hewn, peers, ...bestOf(ratios) };
}

/** Has the peers generate code for these types alone. */
async function madeFor(types: readonly WorkloadName[]): Promise<Made> {
  const folder = `.build/size/${types.length === 1 ? types[0] : "all"}`;
  mkdirSync(join(peersFolder, folder), { recursive: true });
  for (const file of ["workloads.proto", "workloads.bop"]) {
    const schema = schemaSlice(readFileSync(join(peersFolder, "schemas", file), "utf8"), types);
    writeIfNew(join(peersFolder, folder, file), schema);
  }
  await generateCode({ schemas: folder, made: folder });
  const [avsc, fury, schemapack] = await Promise.all([
    schemasOf("avsc"),
    schemasOf("fury"),
    schemasOf("schemapack"),
  ]);
  return { folder: `./${folder}`, schemas: { avsc, fury, schemapack } };
}

/** What is as it was keeps its time, and nothing is generated from it again. */
function writeIfNew(file: string, text: string): void {
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}

async function schemasOf(adapter: string): Promise<Readonly<Record<string, unknown>>> {
  const { href } = pathToFileURL(join(peersFolder, "adapters", `${adapter}.js`));
  const { schemas } = (await import(href)) as { readonly schemas: Readonly<Record<string, unknown>> };
  return schemas;
}
