// What `hewn fix` says: the differences, then what was done and what is left.
import type { Diagnostic, Fix } from "@hewn/plugin";
import type { CommonOptions, Context } from "./context.ts";
import { jsonDiagnostics } from "./json-report.ts";
import { locator } from "./locate.ts";
import type { MendedFile } from "./mend.ts";
import { unifiedDiff } from "./unified-diff.ts";
import { count } from "./wording.ts";

export interface FixOutcome {
  readonly fixes: readonly Fix[];
  readonly files: readonly MendedFile[];
  /** What the mended project is still refused for. */
  readonly left: readonly Diagnostic[];
}

export interface FixReport {
  /** Said before anything is asked. */
  diff(): void;
  summary(applied: boolean): void;
}

export function sayFixes(outcome: FixOutcome, options: CommonOptions, context: Context): FixReport {
  const { terminal } = context;
  if (options.json) return { diff() {}, summary: (applied) => sayJson(outcome, applied, context) };
  return {
    diff() {
      if (options.quiet) return;
      for (const file of outcome.files)
        terminal.out(diffLines(file, context).map(painter(context)).join("\n"));
    },
    summary(applied) {
      if (options.quiet) {
        if (!isDone(outcome, applied)) terminal.err(`hewn: ${headline(outcome, applied)}`);
        return;
      }
      for (const line of summaryLines(outcome, applied, context)) terminal.out(line);
    },
  };
}

function diffLines({ file, before, after }: MendedFile, { shown }: Context): readonly string[] {
  return unifiedDiff(shown(file), before, after);
}

function painter({ terminal }: Context): (line: string) => string {
  return (line) => {
    if (/^(?:---|\+\+\+) /.test(line)) return terminal.styleOut("bold", line);
    if (line.startsWith("@@")) return terminal.styleOut("cyan", line);
    if (line.startsWith("+")) return terminal.styleOut("green", line);
    return line.startsWith("-") ? terminal.styleOut("red", line) : line;
  };
}

/** Whether nothing is left to do. */
function isDone({ files, left }: FixOutcome, applied: boolean): boolean {
  return left.length === 0 && (applied || files.length === 0);
}

function headline({ fixes, files, left }: FixOutcome, applied: boolean): string {
  const made = `${count(fixes.length, "fix", "fixes")} in ${count(files.length, "file")}`;
  const rest = left.length > 0 ? `, ${count(left.length, "error")} left that no fix mends` : "";
  const done = files.length === 0 ? "nothing to fix" : `${made}${applied ? "" : ", not written"}`;
  return done + rest;
}

function summaryLines(outcome: FixOutcome, applied: boolean, { elapsedMs }: Context): readonly string[] {
  const { files, left } = outcome;
  const lines = [`hewn: ${headline(outcome, applied)} (${elapsedMs()} ms)`];
  if (files.length > 0 && !applied) lines.push("Run `hewn fix --yes` to write this.");
  if (applied) lines.push("Compile now: the compiler names code that still changes what is readonly.");
  if (left.length > 0 && (applied || files.length === 0)) lines.push("Run `hewn check` to see what is left.");
  return lines;
}

function sayJson(outcome: FixOutcome, applied: boolean, context: Context): void {
  const { fixes, files, left } = outcome;
  const { terminal, shown, elapsedMs } = context;
  const after = new Map(files.map((file) => [file.file, file.after]));
  const report = {
    ok: isDone(outcome, applied),
    applied,
    fixes: fixes.map(({ diagnostic: { code, path, span }, title }) => {
      return { code, file: shown(span.file), path, title };
    }),
    files: files.map((file) => ({
      file: shown(file.file),
      diff: `${diffLines(file, context).join("\n")}\n`,
    })),
    diagnostics: jsonDiagnostics(left, locator(after), shown),
    ms: elapsedMs(),
  };
  terminal.out(JSON.stringify(report));
}
