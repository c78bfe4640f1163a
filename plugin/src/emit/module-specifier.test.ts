import { expect, test } from "@jest/globals";
import { moduleSpecifier } from "./module-specifier.ts";

test.each([
  ["/p/a.codec.ts", "/p/a.ts", ".js", "./a.js"],
  ["/p/a.codec.ts", "/p/a.ts", ".ts", "./a.ts"],
  ["/p/x/a.codec.ts", "/p/b.ts", ".js", "../b.js"],
  ["/p/x/a.codec.ts", "/p/y/b.codec.ts", ".js", "../y/b.codec.js"],
  ["/p/a.codec.ts", "/p/x/y/b.ts", ".js", "./x/y/b.js"],
  ["/p/a.codec.mts", "/p/a.mts", ".js", "./a.mjs"],
  ["/p/a.codec.mts", "/p/a.mts", ".ts", "./a.mts"],
  ["/p/a.codec.cts", "/p/a.cts", ".js", "./a.cjs"],
  ["/p/a.codec.ts", "/p/a.tsx", ".js", "./a.js"],
  ["/p/a.codec.ts", "/p/b.d.ts", ".js", "./b.js"],
  ["C:/p/a.codec.ts", "C:/p/a.ts", ".js", "./a.js"],
] as const)("from %s to %s with %s: %s", (from, to, extension, specifier) => {
  expect(moduleSpecifier(from, to, extension)).toBe(specifier);
});
