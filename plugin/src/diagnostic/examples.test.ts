import { describe, expect, test } from "@jest/globals";
import { catalog } from "./catalog.ts";
import { sampleText } from "./example.ts";
import { examples } from "./examples.ts";
import { judge } from "./judged-sample.testing.ts";
import { reported } from "./reported.ts";

describe("each code is taught by an example that earns it and a corrected one that earns nothing", () => {
  for (const { code } of catalog) {
    test(code, () => {
      const { wrong, right } = examples[code];
      const { diagnostics, errors } = judge(wrong);
      expect(errors).toEqual([]);
      // The code that counts what is behind the limit never comes alone.
      const own = code === "HEWN1999" ? diagnostics.filter((each) => each.code === code) : diagnostics;
      expect(own.map((each) => each.code)).toEqual([code]);
      expect(own.map(({ message, fix }) => ({ message, fix }))).toEqual([reported[code]]);
      expect(judge(right)).toEqual({ diagnostics: [], errors: [] });
    });
  }
});

test("what matters besides the text of a sample is shown above it", () => {
  expect(
    sampleText({ text: "x", file: "a.cts", beside: "a.ts", options: { strict: false, module: "es2022" } }),
  ).toBe('// a.cts, beside a.ts\n// tsconfig.json: "strict": false, "module": "es2022"\nx');
  expect(sampleText({ text: "x", locked: "y\nz" })).toBe("// wire.lock was written for:\n// y\n// z\nx");
  expect(sampleText({ text: "x", locked: "x" })).toBe("// wire.lock was written for this text\nx");
});
