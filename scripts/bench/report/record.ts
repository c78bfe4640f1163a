// Results of record: one file for each bench, engine and build, kept beside the page that is made of them, so that a bench that
// is measured again leaves what is said of the others as it is.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RecordedResult } from "../conditions.ts";

const needed = ["bench", "node", "rows", "date", "machine", "rounds", "isQuick", "portable", "only"];

/**
 * Takes the place of an earlier result of the same bench, major version and build.
 * @param folder of the documents
 * @returns the file
 */
export function keepResult(result: RecordedResult, folder: string): string {
  const results = resultsFolder(folder);
  mkdirSync(results, { recursive: true });
  const file = join(results, `${nameOf(result)}.json`);
  writeFileSync(file, textOf(result));
  return file;
}

/**
 * All that are kept, by name.
 * @throws TypeError where there are none, or a file is no result
 */
export function keptResults(folder: string): readonly RecordedResult[] {
  const results = resultsFolder(folder);
  const files = namesIn(results).filter((name) => name.endsWith(".json"));
  if (files.length === 0) throw new TypeError(`no results in ${results}: a bench with --record keeps one`);
  return files.toSorted().map((name) => readResult(join(results, name)));
}

function resultsFolder(folder: string): string {
  return join(folder, "benchmarks", "results");
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function nameOf({ bench, node, portable }: RecordedResult): string {
  return `${bench}-node${Number.parseInt(node, 10)}${portable ? "-portable" : ""}`;
}

/** A line a row, so that a difference shows which changed. */
function textOf({ rows, ...conditions }: RecordedResult): string {
  const lines = rows.map((row) => JSON.stringify(row)).join(",\n");
  return `${JSON.stringify(conditions).slice(0, -1)},"rows":[\n${lines}\n]}\n`;
}

function readResult(file: string): RecordedResult {
  const found: unknown = JSON.parse(readFileSync(file, "utf8"));
  const missing = needed.find((key) => typeof found !== "object" || found === null || !(key in found));
  if (missing !== undefined) throw new TypeError(`${file} is no result of a bench: it has no '${missing}'`);
  return found as RecordedResult;
}
