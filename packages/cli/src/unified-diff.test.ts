import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { unifiedDiff } from "./unified-diff.ts";

describe("a unified diff", () => {
  test("shows three lines around each change, and far changes apart", () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}\n`);
    const after = lines.with(1, "two\n").with(17, "eighteen\nmore\n").join("");
    expect(unifiedDiff("src/a.ts", lines.join(""), after)).toEqual([
      "--- a/src/a.ts",
      "+++ b/src/a.ts",
      "@@ -1,5 +1,5 @@",
      " line 1",
      "-line 2",
      "+two",
      " line 3",
      " line 4",
      " line 5",
      "@@ -15,6 +15,7 @@",
      " line 15",
      " line 16",
      " line 17",
      "-line 18",
      "+eighteen",
      "+more",
      " line 19",
      " line 20",
    ]);
  });

  test("of equal texts is empty; texts without a last line break say so", () => {
    expect(unifiedDiff("a", "x\n", "x\n")).toEqual([]);
    expect(unifiedDiff("a", "x", "y\n").slice(2)).toEqual([
      "@@ -1,1 +1,1 @@",
      "-x",
      "\\ No newline at end of file",
      "+y",
    ]);
  });

  test("is what git applies, and its removed and kept lines are the text before", () => {
    const folder = mkdtempSync(join(tmpdir(), "hewn-diff-"));
    const line = fc.constantFrom("a\n", "b\n", "c\r\n", "\n");
    const text = fc.tuple(fc.array(line, { maxLength: 25 }), fc.constantFrom("", "end"));
    const joined = text.map(([lines, end]) => lines.join("") + end);
    try {
      fc.assert(
        fc.property(joined, joined, (before, after) => {
          fc.pre(before !== after && before !== "" && after !== "");
          writeFileSync(join(folder, "f"), before);
          const patch = `${unifiedDiff("f", before, after).join("\n")}\n`;
          execFileSync("git", ["apply", "--whitespace=nowarn", "-"], { cwd: folder, input: patch });
          expect(readFileSync(join(folder, "f"), "utf8")).toBe(after);
        }),
        { numRuns: 40 },
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
