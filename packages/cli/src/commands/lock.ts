// `hewn lock`: numbers the fields and variants of all wire types in wire.lock, and writes the codecs anew by it.
import { writeFileSync } from "node:fs";
import { loadCompiler } from "../compiler.ts";
import { ConfigurationError } from "../configuration-error.ts";
import type { CommonOptions, Context } from "../context.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { type CodecFile, isUnsettled } from "../file-status.ts";
import { jsonReport } from "../json-report.ts";
import { type LockStatus, lockJson, lockLines, type SettledLock } from "../lock-report.ts";
import { isBreaking, type LockUpdate, updateLocks } from "../lock-update.ts";
import { openSolution } from "../open-solution.ts";
import { reasonOf } from "../read-file.ts";
import { report } from "../report.ts";
import type { Solution } from "../solution.ts";
import { fileLines } from "../text-report.ts";

export interface LockFlags extends CommonOptions {
  readonly check?: boolean;
  readonly force?: boolean;
}

export async function lock(options: LockFlags, context: Context): Promise<ExitCode> {
  if (options.check && options.force)
    throw new ConfigurationError(
      "--check writes nothing and --force writes all the same: they exclude each other.",
    );
  const { solution, progress } = openSolution(await loadCompiler(), options, context);
  solution.analyzeUnlocked();
  progress.done();
  const { diagnostics } = solution;
  if (diagnostics.length > 0) {
    report({ files: [], diagnostics, elapsedMs: context.elapsedMs() }, options, context);
    return exitCode.findings;
  }
  const updates = updateLocks(solution);
  const locks = updates.map((update) => ({ update, status: statusOf(update, updates, options) }));
  const done = locks.every(({ status }) => status === "written" || status === "unchanged");
  const files = done && !options.check ? writeAll(updates, solution) : [];
  progress.done();
  if (options.json) sayJson(locks, files, context);
  else sayText(locks, files, options, context);
  return done && !files.some(isUnsettled) ? exitCode.ok : exitCode.findings;
}

/** Either all locks of a solution are written or none. */
function statusOf(update: LockUpdate, all: readonly LockUpdate[], { check, force }: LockFlags): LockStatus {
  if (!update.differs) return "unchanged";
  const refused = !force && all.some(({ changes }) => changes.some(isBreaking));
  if (refused && !check) return "refused";
  return check ? "stale" : "written";
}

function writeAll(updates: readonly LockUpdate[], solution: Solution): readonly CodecFile[] {
  for (const { path, text, differs } of updates) if (differs) write(path, text);
  solution.useLocks(new Map(updates.map(({ path, file }) => [path, file])));
  solution.analyze();
  return solution.settle("write");
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new ConfigurationError(`Cannot write it: ${reasonOf(error)}.`, { place: { file: path } });
  }
}

function sayText(
  locks: readonly SettledLock[],
  files: readonly CodecFile[],
  { quiet }: LockFlags,
  context: Context,
): void {
  const { terminal, elapsedMs } = context;
  const told = quiet ? locks.filter(({ status }) => status === "stale" || status === "refused") : locks;
  const lines = [
    ...told.flatMap((lock) => lockLines(lock, context)),
    ...fileLines(quiet ? files.filter(isUnsettled) : files, context),
  ];
  if (lines.length > 0) terminal.out(lines.join("\n"));
  const statuses = new Set(locks.map(({ status }) => status));
  const breaking = locks.some(({ update }) => update.changes.some(isBreaking));
  if (!quiet) terminal.out(`hewn: ${verdict(statuses)} (${elapsedMs()} ms)`);
  if (statuses.has("refused")) terminal.out("Nothing was written. `hewn lock --force` accepts what breaks.");
  else if (statuses.has("stale"))
    terminal.out(`Run \`hewn lock${breaking ? " --force" : ""}\` and commit what it writes.`);
}

function verdict(statuses: ReadonlySet<LockStatus>): string {
  if (statuses.has("refused")) return "not locked";
  if (statuses.has("stale")) return "out of date";
  return statuses.has("written") ? "locked" : "up to date";
}

function sayJson(locks: readonly SettledLock[], files: readonly CodecFile[], context: Context): void {
  const { ok, ...rest } = jsonReport(
    { files, diagnostics: [], elapsedMs: context.elapsedMs() },
    context.shown,
  );
  const settled = locks.every(({ status }) => status === "written" || status === "unchanged");
  const all = { ok: ok && settled, locks: locks.map((lock) => lockJson(lock, context)), ...rest };
  context.terminal.out(JSON.stringify(all));
}
