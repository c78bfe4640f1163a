// `npm run simulate:long`: the campaigns that take too long for `npm test`, one behind the other; the first finding of one
// keeps the others from nothing. Exit code as that of `npm run simulate`.
import { spawn } from "node:child_process";
import { join } from "node:path";

const campaigns: readonly string[] = [
  "--seed 1 --seeds 10000",
  // Every node with every other one: half a million events a seed.
  "--seed 1 --seeds 100 --nodes 25",
  "--system cluster --seed 1 --seeds 7000 --nodes 3",
  "--system cluster --seed 10001 --seeds 2900 --nodes 5",
  "--system cluster --seed 20001 --seeds 100 --nodes 25",
  "--system actors --seed 1 --seeds 7000 --nodes 3",
  "--system actors --seed 10001 --seeds 3000 --nodes 5",
];

function run(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "simulate.ts"), ...args], {
    stdio: "inherit",
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 130));
  });
}

if (process.argv.length > 2) {
  console.log(`Usage: npm run simulate:long, without arguments. It runs, one behind the other:`);
  for (const args of campaigns) console.log(`  npm run simulate -- ${args}`);
  process.exit(process.argv.includes("--help") ? 0 : 2);
}

for (const args of campaigns) {
  console.log(`simulate ${args}`);
  process.exitCode = Math.max(Number(process.exitCode ?? 0), await run(args.split(" ")));
  if (process.exitCode === 130) break;
}
