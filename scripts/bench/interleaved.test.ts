import { expect, test } from "@jest/globals";
import { interleaved, ratio } from "./interleaved.ts";

test("each round measures every contestant once, in the order that the shuffle gives", () => {
  const turns: string[] = [];
  let last = "";
  const contestant = (name: string) => ({
    name,
    run: () => {
      last = name;
    },
  });
  const samples = interleaved([contestant("a"), contestant("b")], {
    rounds: 5,
    sampleMs: 0.01,
    shuffle: (items) => items.toReversed(),
    settle: () => turns.push(last),
  });
  expect([...samples.values()].map((figures) => figures.length)).toEqual([5, 5]);
  expect(turns).toHaveLength(10);
  expect(turns.slice(1)).toEqual(["b", "a", "b", "a", "b", "a", "b", "a", "b"]);
});

test("contestants are compared within a round, so that what slows a round down cancels out", () => {
  const samples = new Map([
    ["hewn", [10, 100, 1000]],
    ["peer", [20, 200, 2000]],
  ]);
  expect(ratio(samples, "hewn", "peer")).toMatchObject({ value: 2, low: 2, high: 2 });
});
