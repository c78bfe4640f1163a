// What is remembered of a project's last good compile: a file in the nearest node_modules/.cache, as other tools have
// it, one a tsconfig.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface Remembered {
  readonly key: string;
  /** Digest of the lock's path and text. */
  readonly lock: string;
  /** Digests of the codecs' texts, by file name. */
  readonly codecs: Readonly<Record<string, string>>;
  /** Digests of files that are no part of the program: what packages ship. Empty where there was no such file. */
  readonly shipped: Readonly<Record<string, string>>;
}

export function digest(text: string): string {
  return createHash("sha1").update(text).digest("base64url");
}

/** Of a file's text; empty where there is no such file. */
export function digestOf(text: string | undefined): string {
  return text === undefined ? "" : digest(text);
}

/** @param config the path of a tsconfig, as the compiler has it; undefined for a program without one */
export function recall(config: string | undefined): Remembered | undefined {
  const file = storeOf(config);
  if (file === undefined) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Remembered;
  } catch {
    // Absent or cut short by another compile: then there is nothing to remember.
    return undefined;
  }
}

/** @param config as in {@link recall} */
export function store(config: string | undefined, remembered: Remembered): void {
  const file = storeOf(config);
  if (file === undefined) return;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(remembered));
  } catch {
    // A folder that cannot be written costs time in the next compile and nothing else.
  }
}

function storeOf(config: string | undefined): string | undefined {
  if (config === undefined) return undefined;
  for (let at = dirname(config); ; at = dirname(at)) {
    const modules = join(at, "node_modules");
    if (existsSync(modules)) return join(modules, ".cache/hewn", `${digest(config)}.json`);
    if (at === dirname(at)) return undefined;
  }
}
