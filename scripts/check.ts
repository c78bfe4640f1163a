// `npm run check`: every rule that holds this repository together, in one command. Each gate stands in a file of
// its own under check/.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { catalogGate } from "./check/catalog.ts";
import { cyclesGate } from "./check/cycles.ts";
import { deadFilesGate } from "./check/dead-files.ts";
import { documentsGate } from "./check/documents.ts";
import type { Gate, Violation } from "./check/gate.ts";
import { globalsGate } from "./check/globals.ts";
import { layersGate } from "./check/layers.ts";
import { lengthsGate } from "./check/lengths.ts";
import { limitsGate } from "./check/limits.ts";
import { namesGate } from "./check/names.ts";
import { packagesGate } from "./check/packages.ts";
import { type Project, projectOnDisk } from "./check/project.ts";
import { styleGate } from "./check/style.ts";
import { typesGate } from "./check/types.ts";

const gates: readonly Gate[] = [
  styleGate,
  layersGate,
  globalsGate,
  cyclesGate,
  deadFilesGate,
  lengthsGate,
  namesGate,
  documentsGate,
  catalogGate,
  limitsGate,
  typesGate,
  packagesGate,
];

/** What `--json` prints of one gate. */
interface Outcome {
  readonly gate: string;
  readonly ms: number;
  readonly violations: readonly Violation[];
}

function help(): string {
  const width = Math.max(...gates.map(({ name }) => name.length));
  const rows = gates.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`);
  return `Usage: npm run check -- [--json] [gate ...]

Runs the gates named, or all of them, and prints every violation as file:line: gate: what is wrong.

Gates:
${rows.join("\n")}

Options:
  --json  print one object on stdout: {"ok", "gates": [{"gate", "ms", "violations"}]}
  --help  print this

Exit codes: 0 nothing broken, 1 violations, 2 wrong usage.`;
}

/** A gate that breaks down has found something too, and the others still run. */
async function violationsOf(gate: Gate, project: Project): Promise<readonly Violation[]> {
  try {
    return await gate.run(project);
  } catch (error) {
    const message = `the gate broke down: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    return [{ file: `scripts/check/${gate.name}.ts`, line: 1, message }];
  }
}

async function runGate(gate: Gate, project: Project): Promise<Outcome> {
  const start = performance.now();
  const violations = await violationsOf(gate, project);
  return { gate: gate.name, ms: Math.round(performance.now() - start), violations };
}

function report({ gate, ms, violations }: Outcome, json: boolean): void {
  const verdict = violations.length === 0 ? "ok" : `${violations.length} broken`;
  console.error(`check: ${gate.padEnd(12)} ${String(ms).padStart(6)} ms  ${verdict}`);
  if (json) return;
  for (const { file, line, message } of violations) console.log(`${file}:${line}: ${gate}: ${message}`);
}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(help());
    return 0;
  }
  const unknown = positionals.find((name) => !gates.some((gate) => gate.name === name));
  if (unknown !== undefined) throw new TypeError(`there is no gate '${unknown}'`);
  const project = projectOnDisk(join(import.meta.dirname, ".."));
  const outcomes: Outcome[] = [];
  for (const gate of gates) {
    if (positionals.length > 0 && !positionals.includes(gate.name)) continue;
    const outcome = await runGate(gate, project);
    report(outcome, values.json);
    outcomes.push(outcome);
  }
  const ok = outcomes.every(({ violations }) => violations.length === 0);
  if (values.json) console.log(JSON.stringify({ ok, gates: outcomes }));
  return ok ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  console.error(`check: ${error.message}\n\n${help()}`);
  process.exitCode = 2;
}
