// Turns what a command threw into words and an exit code.
import { ConfigurationError } from "./configuration-error.ts";
import type { CommonOptions, Context } from "./context.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { jsonFailure } from "./json-report.ts";

/** Runs a command's work; a configuration error ends it with its own exit code, anything else that it throws with 3. */
export async function guarded(
  context: Context,
  options: CommonOptions,
  work: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    const known = isCompilerOverflow(error) ? tooDeep() : error;
    if (!(known instanceof ConfigurationError)) return reportCrash(context, known);
    reportConfigurationError(context, options, known);
    return known.exitCode;
  }
}

/** The compiler parses and binds by recursion, and fails on such sources by itself, too. */
function isCompilerOverflow(error: unknown): boolean {
  if (!(error instanceof RangeError) || !error.message.includes("call stack")) return false;
  const [innermost = ""] = (error.stack ?? "").split("\n").filter((line) => line.trim().startsWith("at "));
  return /typescript\.js:/.test(innermost);
}

function tooDeep(): ConfigurationError {
  return new ConfigurationError("The compiler runs out of stack: something in the project nests too deep.", {
    fix: "tsc fails on it, too. Let types and expressions nest less deep.",
  });
}

export function reportConfigurationError(
  { terminal, shown, elapsedMs }: Context,
  options: CommonOptions,
  error: ConfigurationError,
): void {
  if (options.json) {
    terminal.out(JSON.stringify(jsonFailure(error, shown, elapsedMs())));
    return;
  }
  const { message, place, fix } = error;
  const position = place?.line === undefined ? "" : `:${place.line}:${place.column}`;
  const where = place ? `${shown(place.file)}${position}: ` : "";
  terminal.err(`${terminal.styleErr("red", "hewn:")} ${where}${message}`);
  if (fix) terminal.err(`  ${fix}`);
}

/** Says that hewn itself is at fault, in one line, and how to tell about it. */
export function reportCrash({ terminal }: Context, error: unknown): ExitCode {
  const message = error instanceof Error ? error.message : String(error);
  terminal.err(`${terminal.styleErr("red", "hewn: internal error:")} ${message.split("\n")[0]}`);
  if (process.env["HEWN_DEBUG"]) {
    terminal.err(stackOf(error));
    terminal.err(`hewn, Node.js ${process.version}, ${process.platform} ${process.arch}`);
  } else {
    terminal.err(
      "  This is a defect in hewn. Please report it with what the same command prints under HEWN_DEBUG=1.",
    );
  }
  return exitCode.crash;
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\ncaused by ${stackOf(error.cause)}`;
}
