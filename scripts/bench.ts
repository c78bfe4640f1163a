// `npm run bench -- codec`: how fast Hewn is beside its peers, in one interleaved run; `npm run bench -- compile`: what
// it costs to compile with it; `npm run bench -- net`: messages between processes; `npm run bench -- cluster`: how soon nodes
// know of each other; `npm run bench -- gossip`: the same of up to a thousand in virtual time; `npm run bench -- actors`: actors beside those of others; `npm run bench -- size`: how long messages
// and bundles are. `--json` prints one object, `--record` keeps it; `npm run bench -- report` makes docs/benchmarks.md of all that
// are kept.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { actorsBench } from "./bench/actors/actors-bench.ts";
import { clusterBench } from "./bench/cluster/cluster-bench.ts";
import { codecBench } from "./bench/codec/codec-bench.ts";
import { compileBench } from "./bench/compile/compile-bench.ts";
import { conditionsOf } from "./bench/conditions.ts";
import { gossipBench } from "./bench/gossip/gossip-bench.ts";
import { netBench } from "./bench/net/net-bench.ts";
import { keepResult } from "./bench/report/record.ts";
import { writeReport } from "./bench/report/write-report.ts";
import type { BenchOptions, BenchResult } from "./bench/result.ts";
import { sizeBench } from "./bench/size/size-bench.ts";
import { table } from "./bench/table.ts";

interface Bench {
  readonly run: (options: BenchOptions) => Promise<BenchResult>;
  /** How many rounds it has, and how many in a hurry. */
  readonly rounds: readonly [number, number];
}

const benches: Readonly<Record<string, Bench>> = {
  cluster: { run: clusterBench, rounds: [20, 2] },
  actors: { run: actorsBench, rounds: [31, 3] },
  codec: { run: codecBench, rounds: [31, 3] },
  compile: { run: compileBench, rounds: [7, 1] },
  gossip: { run: gossipBench, rounds: [1, 1] },
  net: { run: netBench, rounds: [31, 3] },
  size: { run: sizeBench, rounds: [1, 1] },
};

const docs = join(import.meta.dirname, "../docs");

const usage = `Usage: npm run bench -- <bench> [options]
       npm run bench -- report

Benches:
  actors          actors in one process beside nact and Erlang; between two beside sockets and peers
  cluster         how soon ten nodes know that one is gone, and that some have come
  codec           encode, decode and JSON of nine workloads beside eleven libraries
  compile         generating and type-checking the codecs of 1000 interfaces, beside budgets
  gossip          in virtual time: when all of ten to a thousand nodes know, and what it costs them (minutes)
  net             messages between two processes beside sockets by hand and six peers
  size            encoded bytes and bundles for browsers beside those of ten libraries

Report: writes docs/benchmarks.md and its pictures from the results that --record has kept; there
may be one for each bench, engine and build.

Options:
  --only <row>    one row; may be given several times
  --quick         a few short rounds: shows that everything runs, proves nothing
  --rounds <n>    interleaved rounds, or trials (default: actors, codec and net 31, cluster 20, compile 7)
  --portable      codec: the build for browsers, without Node's own buffers
  --node <file>   actors, codec, net: another Node to run the contestants on
  --json          one JSON object on stdout
  --record        keep the result in docs/benchmarks/results, and write the report anew
  --help          this text
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: "string", multiple: true, default: [] },
      quick: { type: "boolean", default: false },
      rounds: { type: "string" },
      portable: { type: "boolean", default: false },
      node: { type: "string", default: process.execPath },
      json: { type: "boolean", default: false },
      record: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [name = ""] = positionals;
  if (name === "report" && !values.help) {
    report();
    return 0;
  }
  const bench = benches[name];
  if (values.help || bench === undefined) {
    (values.help ? process.stdout : process.stderr).write(usage);
    return values.help ? 0 : 2;
  }
  const rounds = Number(values.rounds ?? bench.rounds[values.quick ? 1 : 0]);
  if (!Number.isInteger(rounds) || rounds < 1) {
    console.error(`bench: --rounds takes a positive integer, not ${values.rounds}`);
    return 2;
  }
  if (values.record && (values.quick || values.only.length > 0)) {
    console.error("bench: a result of record has all rows and all rounds; leave out --quick and --only");
    return 2;
  }
  const options: BenchOptions = {
    only: values.only,
    rounds,
    sampleMs: values.quick ? 2 : 8,
    isQuick: values.quick,
    portable: values.portable,
    node: values.node,
    say: (text) => console.error(`bench: ${text}`),
  };
  const conditions = conditionsOf(options);
  const result = await bench.run(options);
  const recorded = { ...result, ...conditions };
  console.log(values.json ? JSON.stringify(recorded) : table(result));
  if (values.record) {
    console.error(`bench: kept ${keepResult(recorded, docs)}`);
    report();
  }
  return 0;
}

function report(): void {
  console.error(`bench: wrote ${writeReport(docs)} files to ${docs}`);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
