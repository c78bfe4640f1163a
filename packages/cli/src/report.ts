// Reports a pass over a project, as JSON or as text.
import type { CommonOptions, Context } from "./context.ts";
import { sayDiagnostics } from "./diagnostics-report.ts";
import { type FileStatus, isUnsettled } from "./file-status.ts";
import { jsonReport } from "./json-report.ts";
import type { Pass } from "./pass.ts";
import { fileLines } from "./text-report.ts";
import { count, list } from "./wording.ts";

export function report(pass: Pass, options: CommonOptions, context: Context): void {
  const { terminal } = context;
  if (options.json) {
    terminal.out(JSON.stringify(jsonReport(pass, context.shown)));
    return;
  }
  sayDiagnostics(pass.diagnostics, context);
  const lines = fileLines(options.quiet ? pass.files.filter(isUnsettled) : pass.files, context);
  if (lines.length > 0) terminal.out(lines.join("\n"));
  if (!options.quiet) terminal.out(`hewn: ${summary(pass)} (${pass.elapsedMs} ms)`);
  // With errors, what is generated now is not what will be committed.
  const ready = pass.diagnostics.length === 0;
  if (ready && pass.files.some((file) => isUnsettled(file) && file.status !== "foreign"))
    terminal.out("Run `hewn generate` and commit what it writes.");
}

const order: readonly FileStatus[] = [
  "written",
  "removed",
  "missing",
  "stale",
  "orphan",
  "foreign",
  "unchanged",
];

function summary({ files, diagnostics }: Pass): string {
  const statuses = order.map((status) => {
    const n = files.filter((file) => file.status === status).length;
    return n > 0 && `${n} ${status}`;
  });
  const found = list([...statuses, diagnostics.length > 0 && count(diagnostics.length, "error")]);
  return found === "" ? "no wire types" : found;
}
