// The codec files on disk against what they must contain.
import { rmSync, writeFileSync } from "node:fs";
import { bearsHeader } from "@hewn/plugin";
import { ConfigurationError } from "./configuration-error.ts";
import type { FileStatus } from "./file-status.ts";
import { readIfPresent, reasonOf } from "./read-file.ts";

/** Whether the statuses that ask for action are acted upon or only found. */
export type Mode = "write" | "compare";

/** Brings one codec file up to date. A checkout with CRLF line ends counts as equal. */
export function settleCodec(codec: string, text: string, mode: Mode): FileStatus {
  const present = readIfPresent(codec);
  if (present !== undefined && present.trim() !== "" && !bearsHeader(present)) return "foreign";
  if (present?.replaceAll("\r\n", "\n") === text) return "unchanged";
  if (mode === "compare") return present === undefined ? "missing" : "stale";
  attempt("write", codec, () => writeFileSync(codec, text));
  return "written";
}

export function settleOrphan(codec: string, mode: Mode): FileStatus {
  if (mode === "compare") return "orphan";
  attempt("remove", codec, () => rmSync(codec));
  return "removed";
}

function attempt(verb: string, file: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    throw new ConfigurationError(`Cannot ${verb} ${file}: ${reasonOf(error)}.`, {
      place: { file },
      fix: "Give the user that runs hewn write access beside the sources.",
    });
  }
}
