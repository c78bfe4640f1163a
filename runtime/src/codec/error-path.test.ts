import { expect, test } from "@jest/globals";
import { pathSegment } from "./error-path.ts";

test("keys that no map of the type has stand in a path by their type alone, and nobody looks into them", () => {
  const shy = {
    toString() {
      throw new Error("looked at");
    },
  };
  const keys: readonly unknown[] = [5n, Symbol("s"), shy, undefined, null, true, () => 1, 7, "a", "a b"];
  expect(keys.map((key) => pathSegment(key as string))).toEqual([
    "[bigint]",
    "[symbol]",
    "[object]",
    "[undefined]",
    "[object]",
    "[boolean]",
    "[function]",
    "[7]",
    ".a",
    '["a b"]',
  ]);
});
