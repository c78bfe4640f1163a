// `npm run fuzz`: random types, compiled, and tried on sound values, damaged input and hostile values, for as long as
// you like. The threads of the campaign begin here too.
import { availableParallelism } from "node:os";
import { isMainThread } from "node:worker_threads";
import { type Arguments, readArguments, UsageError, usage } from "./fuzz/arguments.ts";
import { Campaign } from "./fuzz/campaign.ts";
import { planOf } from "./fuzz/plan.ts";
import { reportOf, textOf } from "./fuzz/report.ts";
import { work } from "./fuzz/worker.ts";

const progressMs = 5000;

async function main(): Promise<number> {
  const args = readArguments(process.argv.slice(2), Date.now(), availableParallelism());
  if (args === "help") {
    console.log(usage);
    return 0;
  }
  const stop = new AbortController();
  process.on("SIGINT", () => stop.abort());
  process.on("SIGTERM", () => stop.abort());
  // Whoever reads this may interrupt.
  console.error(`fuzz: seed ${args.seed}`);
  const all = planOf(args);
  const jobs = args.job === undefined ? all : all.filter(({ index }) => index === args.job);
  const campaign = new Campaign({
    jobs,
    threads: Math.min(args.threads, jobs.length),
    only: args.only,
    signal: stop.signal,
    deadline: performance.now() + args.minutes * 60_000,
    progress: progressOf(jobs.length),
  });
  await campaign.run();
  return finish(campaign, args, stop.signal.aborted);
}

async function finish(campaign: Campaign, args: Arguments, isInterrupted: boolean): Promise<number> {
  const isWhole = !isInterrupted && args.only === undefined && args.job === undefined;
  const report = reportOf(campaign, args, isWhole);
  await print(args.json ? JSON.stringify(report) : textOf(report, args));
  if (isInterrupted) return 130;
  return report.findings.length > 0 || report.missing.length > 0 ? 1 : 0;
}

/** Until a pipe has taken it all: what is still on its way is lost when the process exits. */
function print(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(`${text}\n`, () => resolve()));
}

function progressOf(jobs: number): (campaign: Campaign) => void {
  let told = 0;
  return (campaign) => {
    if (performance.now() - told < progressMs) return;
    told = performance.now();
    const { total, seconds, results, findings } = campaign;
    const rate = Math.round(total / seconds);
    console.error(
      `fuzz: ${total} cases, ${rate} a second, ${results.length} of ${jobs} jobs, ${findings.length} findings`,
    );
  };
}

if (isMainThread) {
  main().then(
    (code) => process.exit(code),
    (error: unknown) => {
      console.error(error instanceof UsageError ? `fuzz: ${error.message}\n\n${usage}` : error);
      process.exit(error instanceof UsageError ? 2 : 70);
    },
  );
} else {
  await work();
}
