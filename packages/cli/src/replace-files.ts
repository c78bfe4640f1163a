// Replaces the texts of several files: each of them whole or not at all, and none before all can be written.
import {
  accessSync,
  constants,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { ConfigurationError } from "./configuration-error.ts";
import { reasonOf } from "./read-file.ts";

/** A new text for a file, and the text that it was made from; neither has a byte order mark. */
export interface Replacement {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

const mark = "\uFEFF";

interface Staged {
  readonly target: string;
  readonly temporary: string;
}

/**
 * Writes beside each file, then renames over it, so that no reader and no interruption finds half a file.
 * @throws ConfigurationError when a file is not what it was made from, or cannot be written; then all stay as they are.
 */
export function replaceFiles(replacements: readonly Replacement[]): void {
  const staged: Staged[] = [];
  const hold = (): void => {};
  process.on("SIGINT", hold).on("SIGTERM", hold);
  try {
    for (const replacement of replacements) stage(replacement, staged);
    for (const { temporary, target } of staged) attempt(target, () => renameSync(temporary, target));
  } finally {
    for (const { temporary } of staged) rmSync(temporary, { force: true });
    process.off("SIGINT", hold).off("SIGTERM", hold);
  }
}

function stage({ file, before, after }: Replacement, staged: Staged[]): void {
  attempt(file, () => {
    const target = realpathSync(file);
    const bytes = readFileSync(target);
    const prefix = [Buffer.from(before), Buffer.from(mark + before)].findIndex((text) => text.equals(bytes));
    if (prefix < 0) throw new Changed(file);
    const temporary = `${target}.${process.pid}.tmp`;
    staged.push({ target, temporary });
    // A file that may not be written must not be replaced by one that may.
    accessSync(target, constants.W_OK);
    writeFileSync(temporary, (prefix === 1 ? mark : "") + after, { mode: statSync(target).mode });
  });
}

class Changed extends ConfigurationError {
  constructor(file: string) {
    super("It has changed since it was read, or is not in UTF-8; nothing was written.", { place: { file } });
  }
}

function attempt(file: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(`Cannot write it: ${reasonOf(error)}.`, { place: { file } });
  }
}
