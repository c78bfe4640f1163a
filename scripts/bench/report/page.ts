// docs/benchmarks.md as text: how it was measured, what came of it, and where others are better.
import { processes } from "../codec/processes.ts";
import type { Machine, RecordedResult } from "../conditions.ts";
import { actorsSection } from "./actors-section.ts";
import { betterPeersSection } from "./better-peers.ts";
import { clusterSection } from "./cluster-section.ts";
import { codecSection } from "./codec-section.ts";
import { compileSection, sizeSection } from "./cost-sections.ts";
import { gossipSection } from "./gossip-section.ts";
import { markdownTable, paragraphs, pictureOf } from "./markdown.ts";
import { netSection } from "./net-section.ts";
import { checkOperations } from "./operations.ts";
import { allOf, engineOf, type Results } from "./results.ts";

/**
 * @param drawn pictures by the names of their files
 * @throws TypeError where a result has an operation that no section tells of
 */
export function page(results: Results, drawn: ReadonlyMap<string, string>): string {
  const picture = pictureOf(drawn);
  const all = allOf(results);
  for (const { bench, rows } of all) {
    if (!ownOperations.has(bench)) checkOperations(rows.map(({ operation }) => operation));
  }
  const sections = [
    "# Benchmarks",
    intro,
    warning(all),
    measuredSection(all),
    codecSection(results, picture),
    sizeSection(results, picture),
    netSection(results),
    actorsSection(results),
    clusterSection(results),
    gossipSection(results, picture),
    compileSection(results, picture),
    betterPeersSection(results),
  ];
  return `${paragraphs(...sections)}\n`;
}

/** Benches whose section takes operations as they come. */
const ownOperations: ReadonlySet<string> = new Set(["compile", "net", "cluster", "gossip", "actors"]);

const intro = `How fast Hewn is beside other libraries, how long its messages and bundles are, how soon nodes know of each other, and
what compiling with it costs.
\`npm run bench -- report\` writes this page and its pictures from the results in
[benchmarks/results](benchmarks/results), and nobody edits it by hand;
[performance.md](performance.md) tells why the codecs are as they are.`;

function warning(all: readonly RecordedResult[]): string {
  const quick = all.filter(({ isQuick }) => isQuick);
  if (quick.length === 0) return "";
  const names = quick.map((result) => `${result.bench} on ${engineOf(result)}`).join("; ");
  return `> **Not of record.** Quick runs of a few short rounds show that everything runs, and prove nothing: ${names}.`;
}

function measuredSection(all: readonly RecordedResult[]): string {
  const machines = [...new Set(all.map(({ machine }) => machineText(machine)))];
  const rows = all.map((result) => [
    result.bench,
    `Node ${result.node}`,
    result.portable ? "portable" : "for Node",
    result.date,
    String(result.rounds),
    result.only.length === 0 ? "all" : result.only.join(", "),
    ...(machines.length > 1 ? [machineText(result.machine)] : []),
  ]);
  const header = ["bench", "engine", "build", "date", "rounds", "rows"];
  return paragraphs(
    "## How it was measured",
    machines.length === 1 ? `On one machine: ${machines[0]}.` : "",
    markdownTable(machines.length > 1 ? [...header, "machine"] : header, rows, [0, 1, 2, 3, 5, 6]),
    [...(all.some(({ bench }) => bench === "codec") ? [timed] : []), bestPeer].join("\n"),
  );
}

function machineText({ cpu, cores, memoryBytes, os }: Machine): string {
  const gib = (memoryBytes / 2 ** 30).toFixed(1);
  return `${cores === 1 ? "one core" : `${cores} cores`} of ${cpu}, ${gib} GiB of memory, ${os}`;
}

const bestPeer = `- **The best peer** of a row is the one that is best in that row. \`bebop readFrom\` goes around bebop's public interface: it is
  told of and not counted.`;

const timed = `- **In turns.** Every round times each contestant once, in a new order, so that what the machine does besides hits all
  alike; only times of the same round are compared. \`ahead\` is the median of these ratios, with its 95 % interval by
  order statistics, which assumes nothing about how they are spread. Up to ${processes} processes share the rounds of a
  workload, because an optimizing compiler does not decide alike in each. Absolute times are medians; on another day or
  another machine they are others.
- **The truth first.** Before anything is timed, every contestant brings every object back as it was, and bytes that
  count as owned are still the same after later calls. protobufjs and pbf round integers beyond 2^53: theirs are held
  against the rounded ones.
- **Many objects.** Seeded generators make up to 256 different objects of each workload, and every call takes another.
  Results are kept for a while, as programs keep them, and garbage is collected between the turns.
- **As users get it.** Encoders check ranges, texts and depth, decoders everything that the type says, and readers pass
  over fields that newer versions add. Nothing is switched off for the bench.
- **Like with like.** Bytes that nobody touches again are compared with such bytes, a given buffer with buffers that the
  peers use again, an ArrayBuffer of its own with such.`;
