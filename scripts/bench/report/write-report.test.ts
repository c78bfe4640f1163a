import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { keepResult, keptResults } from "./record.ts";
import { sampleResults } from "./sample-results.testing.ts";
import { writeReport } from "./write-report.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hewn-report-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function pictures(): readonly string[] {
  return readdirSync(join(folder, "benchmarks"))
    .filter((name) => name.endsWith(".svg"))
    .toSorted();
}

test("a report has a page and its pictures, and none of an earlier one", () => {
  const files = sampleResults.map((result) => keepResult(result, folder));
  const whole = writeReport(folder);
  expect(pictures()).toHaveLength(whole - 1);
  for (const file of files.filter((_, index) => sampleResults[index]!.bench !== "size")) rmSync(file);
  expect(writeReport(folder)).toBeLessThan(whole);
  expect(pictures()).toEqual(["bundles.svg", "bytes-sizes.svg", "bytes.svg"]);
  expect(readFileSync(join(folder, "benchmarks.md"), "utf8")).toContain("## Sizes");
});

test("what is kept comes back as it was, and takes the place of what was measured under the same conditions", () => {
  for (const result of sampleResults) keepResult(result, folder);
  expect(keptResults(folder)).toHaveLength(sampleResults.length);
  expect(new Set(keptResults(folder))).toEqual(new Set(sampleResults));
  const again = { ...sampleResults[0]!, date: "2031-01-01" };
  keepResult(again, folder);
  expect(keptResults(folder)).toHaveLength(sampleResults.length);
  expect(keptResults(folder)).toContainEqual(again);
});

test("what does not say how it was measured is refused, and nothing is written", () => {
  const { machine: _, ...rest } = sampleResults[0]!;
  const file = keepResult(rest as (typeof sampleResults)[0], folder);
  expect(() => writeReport(folder)).toThrow(`${file} is no result of a bench: it has no 'machine'`);
  rmSync(file);
  expect(() => writeReport(folder)).toThrow("a bench with --record keeps one");
  expect(pictures()).toEqual([]);
});
