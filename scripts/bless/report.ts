// fixtures/report: the page and some pictures that a small set of results gives.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { charts } from "../bench/report/charts.ts";
import { page } from "../bench/report/page.ts";
import { resultsOf } from "../bench/report/results.ts";
import { sampleResults } from "../bench/report/sample-results.testing.ts";

export const reportGoldens = join(import.meta.dirname, "../../fixtures/report");

const pictures = ["encode", "decode-times", "compile"];

/** What stands in each file; the page is no `.md`, for its links lead nowhere there. */
export function blessedReport(): readonly (readonly [file: string, content: string])[] {
  const results = resultsOf(sampleResults);
  const drawn = charts(results);
  return [
    ["page.txt", page(results, drawn)],
    ...pictures.map((name) => [`${name}.svg`, drawn.get(name) ?? ""] as const),
  ];
}

export function blessReport(): number {
  mkdirSync(reportGoldens, { recursive: true });
  const files = blessedReport();
  for (const [file, content] of files) writeFileSync(join(reportGoldens, file), content);
  return files.length;
}
