// Reads files that may not be there.
import { readFileSync } from "node:fs";
import { ConfigurationError } from "./configuration-error.ts";

/** The text of a file, or undefined when there is none. */
export function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === "ENOENT" || reason === "ENOTDIR") return undefined;
    throw new ConfigurationError(`Cannot read it: ${reason}.`, { place: { file } });
  }
}

/** The system's code for what went wrong, such as EACCES. */
export function reasonOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
