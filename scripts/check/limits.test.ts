import { expect, test } from "@jest/globals";
import { limitGaps } from "./limits.ts";
import { projectOf } from "./project.ts";

const sources = {
  "runtime/src/codec/limits.ts":
    "export const depthMax = 1;\nconst inner = 2;\nexport function heapBudget(): number {\n  return inner;\n}\n",
  "runtime/src/transport/limits.ts": "export const frameMax = 1;\n",
  "runtime/src/node/pulse/limits.ts": "export const bodyMax = 1;\n",
  "runtime/src/actors/limits.ts": "export const turnMax = 1;\n",
  "runtime/src/cluster/limits.ts": "",
  "runtime/src/remote/limits.ts": "",
  "runtime/src/registry/limits.ts": "",
  "runtime/src/codec/decode-error.ts":
    'export const decodeErrorCodes = {\n  tooDeep: "It nests deeper.",\n} as const;\n',
  "runtime/src/codec/encode-error.ts":
    'export const encodeErrorCodes = {\n  noRoom: "It is full.",\n} as const;\n',
  "runtime/src/codec/a.test.ts": 'test("holds \\"depth\\"", () => {});\n',
};
const head = "| limit | held by |\n|---|---|\n";

test("a document that names every limit, every code and tests that there are passes", () => {
  const row =
    '| `depthMax`, `heapBudget`, `frameMax`, `bodyMax`, `turnMax`, `tooDeep`, `noRoom` | [a.test.ts](../runtime/src/codec/a.test.ts) "holds" |\n';
  expect(limitGaps(projectOf({ ...sources, "docs/limits.md": head + row }))).toEqual([]);
});

test("limits and codes that it lacks, rows without a test and tests that are not there are told", () => {
  const rows =
    '| `depthMax` | by nobody |\n| `tooDeep` | [a.test.ts](../runtime/src/codec/a.test.ts) "holds water" |\n';
  const messages = limitGaps(projectOf({ ...sources, "docs/limits.md": head + rows })).map(
    ({ file, line, message }) => `${file}:${line}: ${message}`,
  );
  expect(messages).toEqual([
    "runtime/src/codec/limits.ts:3: heapBudget is not in docs/limits.md",
    "runtime/src/transport/limits.ts:1: frameMax is not in docs/limits.md",
    "runtime/src/actors/limits.ts:1: turnMax is not in docs/limits.md",
    "runtime/src/node/pulse/limits.ts:1: bodyMax is not in docs/limits.md",
    "runtime/src/codec/encode-error.ts:2: noRoom is not in docs/limits.md",
    "docs/limits.md:3: the row names no test",
    "docs/limits.md:4: runtime/src/codec/a.test.ts has no test 'holds water'",
  ]);
});

test("a missing document is told", () => {
  expect(limitGaps(projectOf(sources))).toHaveLength(1);
});

test("guarantees that no test holds are told", () => {
  const row =
    '| `depthMax`, `heapBudget`, `frameMax`, `bodyMax`, `turnMax`, `tooDeep`, `noRoom` | [a.test.ts](../runtime/src/codec/a.test.ts) "holds" |\n';
  const documents = { "docs/limits.md": head + row, "docs/semantics.md": `${head}| order | by nobody |\n` };
  expect(limitGaps(projectOf({ ...sources, ...documents }))).toEqual([
    { file: "docs/semantics.md", line: 3, message: "the row names no test" },
  ]);
});
