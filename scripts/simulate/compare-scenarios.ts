// Runs every scenario of fixtures/scenarios and prints the names of those whose trace is not the one that stands there, as
// JSON: for `npm run mutants`, where what is no breach of a rule may still be a change of what happens.
import { scenario, scenarioNames } from "./scenarios.ts";

export interface Difference {
  readonly scenario: string;
  /** The first line that is not as it was, or what went wrong. */
  readonly text: string;
}

async function difference(name: string): Promise<Difference | undefined> {
  try {
    const { found, expected } = await scenario(name);
    const before = found.split("\n");
    const now = expected.split("\n");
    const line = now.findIndex((text, index) => text !== before[index]);
    return found === expected ? undefined : { scenario: name, text: now[line] ?? "the trace ends too soon" };
  } catch (error) {
    return { scenario: name, text: String(error) };
  }
}

const differences: Difference[] = [];
for (const name of scenarioNames()) {
  const found = await difference(name);
  if (found !== undefined) differences.push(found);
}
process.stdout.write(`${JSON.stringify(differences)}\n`, () => process.exit());
