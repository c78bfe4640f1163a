import { expect, test } from "@jest/globals";
import { noneYet, run } from "./campaign.testing.ts";

const sometimes = { ...noneYet };

test.each([
  [3, 100],
  [5, 60],
  [25, 2],
])(
  "%i nodes recover from whatever happens to them, in %i runs",
  (size, runs) => {
    for (let seed = 1; seed <= runs; seed++) run(seed, size, sometimes);
  },
  300_000,
);

test.each(Object.keys(noneYet) as (keyof typeof noneYet)[])("in these runs there were some: %s", (what) => {
  expect(sometimes[what]).toBeGreaterThan(0);
});
