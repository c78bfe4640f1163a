// `npm run weather -- --minutes 10`: bad weather over a cluster of real processes, for as long as one likes, a minute or less
// at a time. Ends with exit code 1 where a rule was broken.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildPrograms } from "./faults/programs.testing.ts";
import { badWeather, type Weather } from "./faults/weather.testing.ts";

const usage = `Usage: npm run weather -- [options]

Kills, stops, blocks, cuts off and starts again the processes of a cluster, on one machine and through
proxies between every two of them, while all write letters to each other. Every minute it clears up: then
all must agree, and what they have written down is held against the rules of the simulator.

Options:
  --minutes <n>   how long (default 10)
  --nodes <n>     how many processes (default 5)
  --seed <n>      what is done when is chance, and not repeated exactly by the same seed (default: the clock)
  --help          this text
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: "string", default: "10" },
      nodes: { type: "string", default: "5" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const [minutes, size, seed] = [Number(values.minutes), Number(values.nodes), Number(values.seed)];
  if (!(minutes > 0) || !(Number.isInteger(size) && size >= 2) || !Number.isInteger(seed)) {
    process.stderr.write(usage);
    return 2;
  }
  const programs = await buildPrograms(["fleet-program.testing.ts"]);
  try {
    return await spells(join(programs.folder, "fleet-program.mjs"), minutes, size, seed);
  } finally {
    programs.remove();
  }
}

async function spells(file: string, minutes: number, size: number, seed: number): Promise<number> {
  const untilMs = performance.now() + minutes * 60_000;
  let wrong = 0;
  for (let spell = 0; performance.now() < untilMs; spell++) {
    const lastsMs = Math.min(60_000, untilMs - performance.now());
    const weather = await badWeather({ file, size, lastsMs, seed: seed + spell });
    console.log(told(seed + spell, weather));
    wrong += weather.wrong.length;
  }
  return wrong === 0 ? 0 : 1;
}

function told(seed: number, { wrong, harms, said, letters, clearedMs }: Weather): string {
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(", ");
  const lines = [
    `weather: seed ${seed}: ${list(harms)}`,
    `weather:   said: ${list(said)}; ${letters} letters; clear after ${clearedMs} ms`,
    ...wrong.map((text) => `weather:   WRONG ${text}`),
  ];
  return lines.join("\n");
}

process.exitCode = await main();
