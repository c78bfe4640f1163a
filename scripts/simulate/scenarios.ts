// The scenarios of fixtures/scenarios: each file is a plan, a line `----`, and the trace that it must give.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parsePlan, runPlan } from "@hewn/runtime/simulation";
import system from "./transport-system.ts";

export const scenarioFolder = join(import.meta.dirname, "../../fixtures/scenarios");
const rule = "----\n";
const seed = 1;

export function scenarioNames(): readonly string[] {
  return readdirSync(scenarioFolder)
    .filter((name) => name.endsWith(".txt"))
    .map((name) => name.slice(0, -".txt".length))
    .sort();
}

/** What stands above the line. */
export function scriptOf(text: string): string {
  return text.split(rule)[0] ?? "";
}

/** What a scenario's file holds, and what it must hold. */
export async function scenario(name: string): Promise<{ readonly found: string; readonly expected: string }> {
  const found = readFileSync(join(scenarioFolder, `${name}.txt`), "utf8");
  const script = scriptOf(found).trimEnd();
  const { trace, failures } = await runPlan({ seed, plan: parsePlan(script), system, keepsTrace: true });
  if (failures[0] !== undefined) throw new Error(`${name}: ${failures[0].rule}: ${failures[0].text}`);
  const shown = trace.filter((line) => !isPulse(line));
  return { found, expected: `${script}\n${rule}${shown.join("\n")}\n` };
}

/** Pings go on as long as a lane is open: they would hide the rest. */
function isPulse(line: string): boolean {
  return / writes (?:ping|pong) /.test(line);
}

/** Writes every scenario's trace anew; answers how many there are. */
export async function blessScenarios(): Promise<number> {
  for (const name of scenarioNames()) {
    writeFileSync(join(scenarioFolder, `${name}.txt`), (await scenario(name)).expected);
  }
  return scenarioNames().length;
}
