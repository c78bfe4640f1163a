// What a campaign of simulations says at its end: for people and for programs.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { type Campaign, formatPlan, type SeedFinding } from "@hewn/runtime/simulation";
import { type Arguments, seedsForAll } from "./arguments.ts";

export interface FindingReport {
  readonly seed: number;
  readonly rule: string;
  readonly text: string;
  /** As small as it could be made. */
  readonly plan: string;
  readonly actionsBefore: number;
  readonly tries: number;
  readonly trace: readonly string[];
  readonly again: string;
}

export interface Report {
  readonly seed: number;
  readonly seeds: number;
  readonly commit: string;
  readonly hash: string;
  readonly events: number;
  readonly seconds: number;
  readonly seedsPerSecond: number;
  readonly simulatedSeconds: number;
  readonly counts: Readonly<Record<string, number>>;
  /** What must happen in a campaign and did not; empty for those that are too small or too special for that. */
  readonly missing: readonly string[];
  readonly findings: readonly FindingReport[];
  readonly trace?: readonly string[];
}

/** @param required what must have happened at least once, where the campaign is of the size for it */
export function reportOf(campaign: Campaign, args: Arguments, required: readonly string[]): Report {
  const { counts, events, findings, hash, reports, seconds, simulatedSeconds } = campaign;
  const isForAll =
    args.seeds >= seedsForAll &&
    reports.length === args.seeds &&
    args.plan === undefined &&
    args.profile === undefined;
  const trace = args.showsTrace ? reports[0]?.trace : undefined;
  return {
    seed: args.seed,
    seeds: reports.length,
    commit: commitOf(),
    hash,
    events,
    seconds: rounded(seconds),
    seedsPerSecond: rounded(reports.length / seconds),
    simulatedSeconds: Math.round(simulatedSeconds),
    counts: Object.fromEntries(counts),
    missing: isForAll ? required.filter((what) => !counts.has(what)) : [],
    findings: findings.map((finding) => findingOf(finding, args)),
    ...(trace && { trace }),
  };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function findingOf(
  { seed, failure, plan, actionsBefore, tries, trace }: SeedFinding,
  args: Arguments,
): FindingReport {
  return {
    seed,
    rule: failure.rule,
    text: failure.text,
    plan: formatPlan(plan),
    actionsBefore,
    tries,
    trace,
    again: againOf(seed, args),
  };
}

function againOf(seed: number, { machines, profile, plan, system }: Arguments): string {
  const more = [
    ...(system === "transport" ? [] : [`--system ${system}`]),
    ...(machines === undefined ? [] : [`--nodes ${machines}`]),
    ...(profile === undefined ? [] : [`--scenario ${profile}`]),
    ...(plan === undefined ? [] : ["--scenario <that file>"]),
  ];
  return ["npm run simulate --", `--seed ${seed}`, "--seeds 1", ...more].join(" ");
}

/** What the sources are, as far as git can tell: a seed repeats a run of the same sources only. */
function commitOf(): string {
  const git = (...args: readonly string[]) =>
    execFileSync("git", args, {
      cwd: join(import.meta.dirname, "../.."),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  try {
    return `${git("rev-parse", "--short", "HEAD")}${git("status", "--porcelain") === "" ? "" : " with changes"}`;
  } catch {
    return "unknown";
  }
}

export function textOf(report: Report): string {
  const { seed, seeds, commit, hash, events, seconds, seedsPerSecond, simulatedSeconds } = report;
  return [
    ...(report.trace ?? []),
    ...Object.entries(report.counts).map(([name, count]) => `  ${String(count).padStart(9)}  ${name}`),
    ...report.findings.flatMap(findingText),
    `${seeds} seeds from ${seed}, ${events} events, ${simulatedSeconds} simulated seconds in ${seconds} s: ${seedsPerSecond} seeds a second`,
    `commit ${commit}, hash ${hash}`,
    ...report.missing.map((what) => `never happened: ${what}`),
    report.findings.length === 0 ? "no rule was broken" : `${report.findings.length} seeds broke a rule`,
  ].join("\n");
}

function findingText(finding: FindingReport): readonly string[] {
  const { seed, rule, text, plan, actionsBefore, tries, trace, again } = finding;
  const actions = plan.split("\n").length - 1;
  return [
    "",
    `seed ${seed} breaks ${rule}: ${text}`,
    `  again: ${again}`,
    `  the plan, shrunk from ${actionsBefore} actions to ${actions} in ${tries} runs (a file for --scenario, with --seed ${seed}):`,
    ...plan.split("\n").map((line) => `    ${line}`),
    "  the end of its trace:",
    ...trace.map((line) => `    ${line}`),
    "",
  ];
}
