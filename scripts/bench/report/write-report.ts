// `npm run bench -- report`: reads results of benches and writes the page and its pictures.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RecordedResult } from "../conditions.ts";
import { charts } from "./charts.ts";
import { page } from "./page.ts";
import { resultsOf } from "./results.ts";

/**
 * Answers how many files it has written.
 * @param files that `npm run --silent bench -- <bench> --json` has printed
 * @param folder of the documents; pictures of earlier reports go
 * @throws TypeError where a file is no result, or results do not go together
 */
export function writeReport(files: readonly string[], folder: string): number {
  if (files.length === 0) throw new TypeError("report: of which results? Name the files");
  const results = resultsOf(files.map(readResult));
  const pictures = charts(results);
  const text = page(results, pictures);
  const picturesFolder = join(folder, "benchmarks");
  mkdirSync(picturesFolder, { recursive: true });
  const earlier = readdirSync(picturesFolder).filter((file) => file.endsWith(".svg"));
  for (const file of earlier) rmSync(join(picturesFolder, file));
  for (const [name, picture] of pictures) writeFileSync(join(picturesFolder, `${name}.svg`), picture);
  writeFileSync(join(folder, "benchmarks.md"), text);
  return 1 + pictures.size;
}

const needed = ["bench", "node", "rows", "date", "machine", "rounds", "isQuick", "portable", "only"];

function readResult(file: string): RecordedResult {
  const found: unknown = JSON.parse(readFileSync(file, "utf8"));
  const missing = needed.find((key) => typeof found !== "object" || found === null || !(key in found));
  if (missing !== undefined) throw new TypeError(`${file} is no result of a bench: it has no '${missing}'`);
  return found as RecordedResult;
}
