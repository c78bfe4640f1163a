import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { diagnosticsFile, diagnosticsPage } from "./diagnostics.ts";

test("docs/diagnostics.md says what the catalog says", () => {
  expect(readFileSync(diagnosticsFile, "utf8")).toBe(diagnosticsPage());
});
