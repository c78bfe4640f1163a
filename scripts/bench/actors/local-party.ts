// One process of the bench of actors: all actors of one contestant, which send to each other. Takes lines on its standard
// input, `<operation> <milliseconds>`, and answers each with the nanoseconds that passed and how many operations those were.
//
// local-party.ts <contestant> <peers' folder>
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { hewn } from "./hewn-local.ts";
import { inFlight, type LocalActors, type LocalOperation, perBurst } from "./local-actors.ts";

const [name = "", folder = ""] = process.argv.slice(2);

async function actorsOf(): Promise<LocalActors> {
  if (name === "hewn") return hewn();
  const module = (await import(pathToFileURL(join(folder, `${name}.js`)).href)) as {
    readonly localActors: () => LocalActors;
  };
  return module.localActors();
}

/** Does some operations, and says how many. */
type Burst = () => Promise<number>;

function bursts(actors: LocalActors): Readonly<Record<LocalOperation, Burst>> {
  const asks = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) await actors.ask(i);
  };
  return {
    tell: async () => {
      await actors.tell(perBurst);
      return perBurst;
    },
    ask: async () => {
      await asks(perBurst);
      return perBurst;
    },
    ask256: async () => {
      await Promise.all(Array.from({ length: inFlight }, () => asks(16)));
      return 16 * inFlight;
    },
    spawn: async () => {
      await actors.spawn(perBurst);
      return perBurst;
    },
  };
}

async function run(burst: Burst, ms: number): Promise<string> {
  const start = performance.now();
  let count = 0;
  let passed = 0;
  for (; passed < ms; passed = performance.now() - start) count += await burst();
  return `${Math.round(passed * 1e6)} ${count}`;
}

const actors = await actorsOf();
const byName = bursts(actors);
await actors.check();
console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const [operation, ms] = line.split(" ");
  console.log(await run(byName[operation as LocalOperation], Number(ms)));
}
process.exit();
