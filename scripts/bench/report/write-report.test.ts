import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { sampleResults } from "./sample-results.testing.ts";
import { writeReport } from "./write-report.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hewn-report-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function saved(name: string, result: object): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(result));
  return file;
}

test("a report has a page and its pictures, and none of an earlier one", () => {
  const files = sampleResults.map((result, index) => saved(`${index}.json`, result));
  const whole = writeReport(files, folder);
  expect(readdirSync(join(folder, "benchmarks"))).toHaveLength(whole - 1);
  const sizes = files.slice(3, 4);
  expect(writeReport(sizes, folder)).toBeLessThan(whole);
  expect(readdirSync(join(folder, "benchmarks")).toSorted()).toEqual([
    "bundles.svg",
    "bytes-sizes.svg",
    "bytes.svg",
  ]);
  expect(readFileSync(join(folder, "benchmarks.md"), "utf8")).toContain("## Sizes");
});

test("what does not say how it was measured is refused, and nothing is written", () => {
  const { machine, ...rest } = sampleResults[0]!;
  const file = saved("old.json", rest);
  expect(() => writeReport([file], folder)).toThrow(`${file} is no result of a bench: it has no 'machine'`);
  expect(() => writeReport([], folder)).toThrow("of which results?");
  expect(readdirSync(folder)).toEqual(["old.json"]);
});
