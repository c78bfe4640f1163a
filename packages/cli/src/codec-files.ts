// The codec files on disk against what they must contain.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { bearsHeader } from "@hewn/plugin";
import { ConfigurationError } from "./configuration-error.ts";

/**
 * - `written`: was missing or differed, and now is right. `unchanged`: was right.
 * - `missing`, `stale`, `orphan` (its source is gone or has no wire type any more): found and left alone.
 * - `removed`: was an orphan.
 * - `foreign`: somebody else's file stands where a codec belongs; it is never touched.
 */
export type FileStatus = "written" | "unchanged" | "missing" | "stale" | "orphan" | "removed" | "foreign";

/** Whether the statuses that ask for action are acted upon or only found. */
export type Mode = "write" | "compare";

/** Brings one codec file up to date. A checkout with CRLF line ends counts as equal. */
export function settleCodec(codec: string, text: string, mode: Mode): FileStatus {
  const present = readIfPresent(codec);
  if (present !== undefined && !bearsHeader(present)) return "foreign";
  if (present?.replaceAll("\r\n", "\n") === text) return "unchanged";
  if (mode === "compare") return present === undefined ? "missing" : "stale";
  attempt("write", codec, () => {
    mkdirSync(dirname(codec), { recursive: true });
    writeFileSync(codec, text);
  });
  return "written";
}

export function settleOrphan(codec: string, mode: Mode): FileStatus {
  if (mode === "compare") return "orphan";
  attempt("remove", codec, () => rmSync(codec));
  return "removed";
}

/** The text of a file, or undefined when there is none. */
export function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
    throw new ConfigurationError(`Cannot read ${file}: ${codeOf(error)}.`, { place: { file } });
  }
}

function attempt(verb: string, file: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    throw new ConfigurationError(`Cannot ${verb} ${file}: ${codeOf(error)}.`, {
      place: { file },
      fix: "Give the user that runs hewn write access beside the sources.",
    });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
