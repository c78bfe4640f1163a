import { expect, test } from "@jest/globals";
import { violationsOfBiome } from "./style.ts";
import { violationsOfTsc } from "./types.ts";

test("errors of tsc become violations, with the lines that explain them", () => {
  const output = `plugin/src/a.ts(3,14): error TS2322: Type 'number' is not assignable to type 'string'.
/repo/runtime/src/b.ts(1,1): error TS2345: Argument of type 'A'.
  Type 'A' has no 'x'.
error TS18003: No inputs were found.
`;
  expect(violationsOfTsc("/repo", output)).toEqual([
    {
      file: "plugin/src/a.ts",
      line: 3,
      message: "TS2322: Type 'number' is not assignable to type 'string'.",
    },
    { file: "runtime/src/b.ts", line: 1, message: "TS2345: Argument of type 'A'. Type 'A' has no 'x'." },
    { file: "tsconfig.json", line: 1, message: "TS18003: No inputs were found." },
  ]);
});

test("errors and warnings of biome become violations, hints do not", () => {
  const report = JSON.stringify({
    diagnostics: [
      {
        category: "lint/suspicious/noExplicitAny",
        severity: "error",
        message: "Unexpected any.",
        location: { path: "plugin/src/a.ts", start: { line: 7, column: 2 } },
      },
      {
        category: "format",
        severity: "error",
        message: "Formatter",
        location: { path: "b.ts", start: { line: 0 } },
      },
      { category: "x", severity: "information", message: "By the way" },
    ],
  });
  expect(violationsOfBiome(`warning: unstable\n${report}`)).toEqual([
    { file: "plugin/src/a.ts", line: 7, message: "lint/suspicious/noExplicitAny: Unexpected any." },
    { file: "b.ts", line: 1, message: "format: Formatter" },
  ]);
});
