// Runs the trial of one package in a process of its own: the compiler never pauses, and so could neither be
// interrupted nor be found to hang. Started as a program, this file is that process.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { PackageConfig } from "./package-config.ts";
import { type Trial, type TrialOptions, tryPackage } from "./trial.ts";

/** Milliseconds after which a trial counts as hung. */
const deadlineMs = 600_000;

/** Megabytes of memory: the largest package has a program of a hundred thousand lines of codecs. */
const heapMax = 6_000;

type Order = Omit<TrialOptions, "say"> & { readonly config: PackageConfig };

type Report = { readonly said: string } | { readonly trial: Trial };

export function runTrial(config: PackageConfig, { say, folder, seed, values }: TrialOptions): Promise<Trial> {
  const child = fork(fileURLToPath(import.meta.url), { execArgv: [`--max-old-space-size=${heapMax}`] });
  const kill = (): boolean => child.kill("SIGKILL");
  process.once("exit", kill);
  const timer = setTimeout(kill, deadlineMs);
  return new Promise<Trial>((resolve, reject) => {
    child.on("message", (report: Report) => {
      if ("trial" in report) resolve(report.trial);
      else say?.(`  ${config.package}: ${report.said}`);
    });
    child.once("error", reject);
    child.once("exit", (code, signal) =>
      reject(new Error(`the trial of ${config.package} ended with ${code ?? signal}`)),
    );
    child.send({ config, folder, seed, values } satisfies Order);
  }).finally(() => {
    clearTimeout(timer);
    process.off("exit", kill);
  });
}

function report(what: Report, then?: () => void): void {
  process.send?.(what, undefined, {}, then);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.once("message", async ({ config, ...options }: Order) => {
    const trial = await tryPackage(config, { ...options, say: (said) => report({ said }) });
    // A channel that is closed too early loses what is on its way.
    report({ trial }, () => process.disconnect());
  });
}
