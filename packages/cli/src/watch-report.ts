// What a watch prints: a line for each codec that changed, or for an edit that changed none.
import type { CommonOptions, Context } from "./context.ts";
import { sayDiagnostics } from "./diagnostics-report.ts";
import { jsonReport } from "./json-report.ts";
import type { Pass } from "./pass.ts";
import { fileLines } from "./text-report.ts";
import { count } from "./wording.ts";

export interface WatchPass extends Pass {
  /** The edited files. Empty when only codecs changed: then it is most likely our own writing that was seen. */
  readonly causes: readonly string[];
}

export function reportWatch(pass: WatchPass, options: CommonOptions, context: Context): void {
  const { files, diagnostics, causes, elapsedMs } = pass;
  const touched = files.filter((file) => file.status !== "unchanged");
  if (touched.length === 0 && causes.length === 0) return;
  if (options.json) {
    context.terminal.out(JSON.stringify(jsonReport(pass, context.shown)));
    return;
  }
  sayDiagnostics(diagnostics, context);
  const errors = diagnostics.length > 0 ? `, ${count(diagnostics.length, "error")}` : "";
  for (const line of fileLines(touched, context)) context.terminal.out(`${line}  (${elapsedMs} ms${errors})`);
  if (touched.length === 0 && !options.quiet)
    context.terminal.out(`  unchanged  ${causes.map(context.shown).join(", ")}  (${elapsedMs} ms${errors})`);
}
