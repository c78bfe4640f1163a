// `npm run bless`: rewrites every golden file of the repository from what the code does now. Look at the difference
// before committing it, and commit only what you can explain. With arguments only the steps named.
import { blessDiagnostics } from "./bless/diagnostics.ts";
import { blessProject } from "./bless/project-codecs.ts";
import { blessPulseThread } from "./bless/pulse-thread.ts";
import { blessReject } from "./bless/reject.ts";
import { blessReport } from "./bless/report.ts";
import { blessWire } from "./bless/wire.ts";
import { blessScenarios } from "./simulate/scenarios.ts";

interface Step {
  readonly name: string;
  /** Rewrites its files and answers how many there are. */
  readonly bless: () => number | Promise<number>;
}

const steps: readonly Step[] = [
  { name: "diagnostics", bless: blessDiagnostics },
  { name: "reject", bless: blessReject },
  { name: "runtime", bless: () => blessProject("runtime") },
  { name: "pulse", bless: blessPulseThread },
  { name: "bench", bless: () => blessProject("fixtures/bench") },
  { name: "apps", bless: () => blessProject("fixtures/apps/kv") + blessProject("fixtures/apps/pool") },
  { name: "players", bless: () => blessProject("scripts/simulate/actors") },
  { name: "blocker", bless: () => blessProject("scripts/faults/lease-actor") },
  { name: "report", bless: blessReport },
  { name: "wire", bless: blessWire },
  { name: "scenarios", bless: blessScenarios },
];

async function main(wanted: readonly string[]): Promise<number> {
  const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(
      `bless: no step is called ${unknown.join(", ")}; there are ${steps.map(({ name }) => name).join(", ")}`,
    );
    return 2;
  }
  for (const { name, bless } of steps) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.error(`bless: ${name}`);
    console.error(`bless: ${name}: ${await bless()} files`);
  }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
