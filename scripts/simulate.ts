// `npm run simulate`: nodes on a simulated network, one run a seed, as many as you like.
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Campaign, type SimulatedSystem } from "@hewn/runtime/simulation";
import { type Arguments, readArguments, UsageError, usage } from "./simulate/arguments.ts";
import { type Report, reportOf, textOf } from "./simulate/report.ts";

const progressMs = 5000;
/** Those of this repository, by name. */
const systems: Readonly<Record<string, URL>> = {
  transport: new URL("./simulate/transport-system.ts", import.meta.url),
  cluster: new URL("./simulate/cluster-system.ts", import.meta.url),
  actors: new URL("./simulate/actors-system.ts", import.meta.url),
};

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
  console.error(`simulate: seed ${args.seed}`);
  const system = systems[args.system] ?? pathToFileURL(resolve(args.system));
  const { default: rules } = (await import(system.href)) as { readonly default?: SimulatedSystem };
  const campaign = campaignOf(args, system, stop.signal);
  await campaign.run();
  const report = reportOf(campaign, args, rules?.sometimes ?? []);
  await print(args.json ? JSON.stringify(report) : textOf(report));
  return stop.signal.aborted ? 130 : codeOf(report);
}

function campaignOf(args: Arguments, system: URL, signal: AbortSignal): Campaign {
  const { seed, seeds, checks, threads, showsTrace: keepsTrace, machines, profile, plan } = args;
  return new Campaign({
    system,
    seed,
    seeds,
    checks,
    ...(args.isQuick && { shrinks: false, findingsMax: 1 }),
    threads,
    keepsTrace,
    signal,
    onReport: progressOf(seeds),
    ...(machines !== undefined && { machines }),
    ...(profile !== undefined && { profile }),
    ...(plan !== undefined && { plan }),
  });
}

function codeOf({ findings, missing }: Report): number {
  return findings.length > 0 || missing.length > 0 ? 1 : 0;
}

function progressOf(seeds: number): (report: unknown, campaign: Campaign) => void {
  let told = performance.now();
  return (_, { reports, findings, seconds }) => {
    if (performance.now() - told < progressMs) return;
    told = performance.now();
    const rate = (reports.length / seconds).toFixed(1);
    console.error(
      `simulate: ${reports.length} of ${seeds} seeds, ${rate} a second, ${findings.length} findings`,
    );
  };
}

/** Until a pipe has taken it all: what is still on its way is lost when the process exits. */
function print(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(`${text}\n`, () => resolve()));
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof UsageError ? `simulate: ${error.message}\n\n${usage}` : error);
    process.exit(error instanceof UsageError ? 2 : 70);
  },
);
