import { describe, expect, test } from "@jest/globals";
import { decide, decideAgainMs, type Policy } from "./policy.ts";

const id = (index: number) => ({ host: "10.0.0.1", port: index, instance: 1n });
const nothing = { remove: [], standDown: false };

function view(present: readonly number[], absent: readonly number[], stableMs = 10_000, forMs = 10_000) {
  return { present: present.map(id), absent: absent.map((index) => ({ id: id(index), forMs })), stableMs };
}

const policies: readonly Policy[] = [
  { kind: "none" },
  { kind: "after", afterMs: 0 },
  { kind: "staticQuorum", quorum: 9, stableMs: 0 },
  { kind: "keepMajority", stableMs: 0 },
];

test.each(policies)("$kind does nothing where nobody is unreachable", (policy) => {
  expect(decide(policy, view([1], []))).toEqual(nothing);
});

test("none does nothing, ever", () => {
  expect(decide({ kind: "none" }, view([1], [2, 3]))).toEqual(nothing);
  expect(decideAgainMs({ kind: "none" }, view([1], [2, 3]))).toBeUndefined();
});

test("after removes whoever has been unreachable so long", () => {
  const policy: Policy = { kind: "after", afterMs: 5_000 };
  expect(decide(policy, view([1], [2], 0, 5_000)).remove).toEqual([id(2)]);
  expect(decide(policy, view([1], [2], 0, 4_999)).remove).toEqual([]);
  expect(decideAgainMs(policy, view([1], [2], 0, 4_000))).toBe(1_000);
});

test("a static quorum keeps the side that has it, and the others stand down", () => {
  const policy: Policy = { kind: "staticQuorum", quorum: 3, stableMs: 1_000 };
  expect(decide(policy, view([1, 2, 3], [4, 5])).remove).toEqual([id(4), id(5)]);
  expect(decide(policy, view([4, 5], [1, 2, 3]))).toEqual({ remove: [], standDown: true });
  expect(decide(policy, view([1, 2, 3], [4, 5], 999))).toEqual(nothing);
});

describe("keep majority", () => {
  const policy: Policy = { kind: "keepMajority", stableMs: 1_000 };

  test("keeps the side with more than half", () => {
    expect(decide(policy, view([1, 2], [3])).remove).toEqual([id(3)]);
    expect(decide(policy, view([3], [1, 2])).standDown).toBe(true);
  });

  test("keeps just one of two halves, the one with the smallest member", () => {
    expect(decide(policy, view([1, 4], [2, 3]))).toEqual({ remove: [id(2), id(3)], standDown: false });
    expect(decide(policy, view([2, 3], [1, 4]))).toEqual({ remove: [], standDown: true });
  });

  test("waits until the view has been the same for a while", () => {
    expect(decide(policy, view([1, 2], [3], 400))).toEqual(nothing);
    expect(decideAgainMs(policy, view([1, 2], [3], 400))).toBe(600);
  });
});
