// What a campaign says at its end: for people, for programs, and a folder for each finding.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Arguments } from "./arguments.ts";
import type { Campaign } from "./campaign.ts";
import { type Finding, kinds } from "./job.ts";
import { requiredCounts } from "./required-counts.ts";

const shownMax = 20;
const inputMax = 600;

export interface Report {
  readonly seed: number;
  readonly cases: Readonly<Record<string, number>>;
  readonly total: number;
  readonly seconds: number;
  readonly compileSeconds: number;
  readonly casesPerSecond: number;
  readonly jobs: number;
  readonly hash: string;
  readonly counts: Readonly<Record<string, number>>;
  /** What must be seen and was not; empty for campaigns that try only a part. */
  readonly missing: readonly string[];
  readonly findings: readonly Finding[];
  /** Where the findings were written. */
  readonly folder: string | undefined;
}

export function reportOf(campaign: Campaign, args: Arguments, isWhole: boolean): Report {
  const { counts, seconds, total } = campaign;
  const missing = isWhole ? requiredCounts.filter((name) => !counts.has(name)) : [];
  const findings = distinct(campaign.findings);
  return {
    seed: args.seed,
    cases: campaign.cases,
    total,
    seconds: Math.round(seconds * 10) / 10,
    compileSeconds: Math.round(campaign.compileSeconds * 10) / 10,
    casesPerSecond: Math.round(total / seconds),
    jobs: campaign.results.length,
    hash: campaign.hash,
    counts: Object.fromEntries(counts),
    missing,
    findings,
    folder: findings.length > 0 ? writeFindings(findings, args) : undefined,
  };
}

/** The first of those that say the same of the same kind of case. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ kind, message }) => {
    const key = `${kind} ${message.replaceAll(/\d+|"[^"]*"/g, "").slice(0, 60)}`;
    return !seen.has(key) && seen.add(key);
  });
}

export function replayCommand({ job }: Finding, { seed, modules, cases }: Arguments): string {
  return `npm run fuzz -- --seed ${seed} --cases ${cases} --modules ${modules} --job ${job}`;
}

function writeFindings(findings: readonly Finding[], args: Arguments): string {
  const folder = mkdtempSync(join(tmpdir(), "hewn-fuzz-"));
  for (const [index, finding] of findings.entries()) {
    const own = join(folder, `finding-${index + 1}`);
    mkdirSync(own);
    for (const [name, text] of Object.entries(finding.sources)) writeFileSync(join(own, name), text);
    const lines = [
      finding.message,
      "",
      `kind: ${finding.kind}`,
      `type: ${finding.type}`,
      `input: ${finding.input}`,
    ];
    writeFileSync(
      join(own, "finding.txt"),
      `${[...lines, `again: ${replayCommand(finding, args)}`].join("\n")}\n`,
    );
  }
  return folder;
}

export function textOf(report: Report, args: Arguments): string {
  const perKind = kinds.map((kind) => `${kind} ${report.cases[kind] ?? 0}`).join(", ");
  const lines = [
    ...Object.entries(report.counts).map(([name, count]) => `  ${String(count).padStart(9)}  ${name}`),
    `${report.total} cases (${perKind}) in ${report.seconds} s, ${report.casesPerSecond} a second, ${report.jobs} jobs`,
    `seed ${report.seed}, hash ${report.hash}; compiling took ${report.compileSeconds} s of the threads`,
    ...report.missing.map((name) => `never seen: ${name}`),
    ...report.findings
      .slice(0, shownMax)
      .flatMap((finding, index) => [
        `finding ${index + 1}: ${finding.kind} ${finding.type}: ${cut(finding.message)}`,
        `  input: ${cut(finding.input)}`,
        `  again: ${replayCommand(finding, args)}`,
      ]),
    ...(report.folder
      ? [`${report.findings.length} findings, with their sources in ${report.folder}`]
      : ["no findings"]),
  ];
  return lines.join("\n");
}

function cut(text: string): string {
  return text.length > inputMax ? `${text.slice(0, inputMax)}… (${text.length} characters)` : text;
}
