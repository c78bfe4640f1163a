import { describe, expect, test } from "@jest/globals";
import {
  DecodeError,
  fromJsonArray,
  fromJsonBytes,
  fromJsonCharge,
  fromJsonElements,
  fromJsonEntries,
  fromJsonMapKeys,
  fromJsonObject,
  parseJson,
  parseJsonCounted,
} from "./index.ts";

function thrown(body: () => unknown): unknown {
  try {
    body();
  } catch (error) {
    return error;
  }
  return undefined;
}

const each = (read: (v: unknown) => unknown) => (v: unknown) => {
  for (const item of fromJsonArray(v)) read(item);
};

const listOf = (item: string, count: number) => `[${new Array(count).fill(item).join(",")}]`;

describe("a JSON text that is charged for what it makes", () => {
  test.each<[string, string, (v: unknown) => unknown]>([
    ["byte strings", '""', fromJsonBytes],
    ["sets", "[]", fromJsonElements],
    ["maps", "[]", fromJsonEntries],
    ["maps with keys of text", "{}", (v) => fromJsonMapKeys(fromJsonObject(v))],
    ["what no text mentions", "0", () => fromJsonCharge(200)],
  ])("is refused when it makes many empty %s, and few are taken", (_, item, read) => {
    const error = thrown(() => parseJsonCounted("Value", listOf(item, 100_000), each(read)));
    expect(error).toBeInstanceOf(DecodeError);
    expect(error).toMatchObject({ code: "overBudget", path: "Value" });
    expect(thrown(() => parseJsonCounted("Value", listOf(item, 4000), each(read)))).toBeUndefined();
  });

  test("is charged for each element of a set and each entry of a map from the fourth on", () => {
    const takes = (read: (v: unknown) => unknown, text: string, heapMax: number) =>
      thrown(() => parseJsonCounted("Value", text, read, { heapMax })) === undefined;
    expect(takes(fromJsonElements, "[0,0,0]", 152)).toBe(true);
    expect(takes(fromJsonElements, "[0,0,0,0]", 152 + 39)).toBe(false);
    expect(takes(fromJsonElements, "[0,0,0,0]", 152 + 40)).toBe(true);
    expect(takes(fromJsonEntries, "[0,0,0,0]", 184 + 55)).toBe(false);
    expect(takes(fromJsonEntries, "[0,0,0,0]", 184 + 56)).toBe(true);
  });

  test("has 36 bytes of heap for each character, at least 1 MiB, or what the caller says", () => {
    const charge = (bytes: number, text: string, options = {}) =>
      thrown(() => parseJsonCounted("Value", text, () => fromJsonCharge(bytes), options));
    const long = JSON.stringify("x".repeat(99_998));
    expect(charge(3_600_000, long)).toBeUndefined();
    expect(charge(3_600_001, long)).toMatchObject({ code: "overBudget", offset: 0 });
    expect(charge(1_048_576, "0")).toBeUndefined();
    expect(charge(1_048_577, "0")).toMatchObject({ code: "overBudget" });
    expect(charge(1_048_577, "0", { heapMax: 2_000_000 })).toBeUndefined();
    expect(charge(10, "0", { heapMax: 9 })).toMatchObject({ code: "overBudget" });
  });

  test("leaves no count behind, nor to the text that it is parsed inside of", () => {
    expect(thrown(() => parseJsonCounted("Value", "0", () => fromJsonCharge(2e9)))).toBeDefined();
    expect(thrown(() => parseJson("Value", "0", () => fromJsonCharge(2e9)))).toBeUndefined();
    const inner = () => parseJsonCounted("Inner", "0", () => fromJsonCharge(900_000));
    const outer = () => parseJsonCounted("Outer", "0", () => [fromJsonCharge(900_000), inner()]);
    expect(thrown(outer)).toBeUndefined();
    expect(thrown(() => parseJsonCounted("Value", 5 as never, () => 0))).toMatchObject({
      code: "wrongInput",
    });
  });
});
