import { describe, expect, test } from "@jest/globals";
import { replacedInstancesMax, replacedInstancesOfNameMax } from "./limits.ts";
import { ReplacedStarts } from "./replaced-starts.ts";

const start = (host: string, instance: number) => ({ host, port: 1, instance: BigInt(instance) });
const accepted = { origin: "accepted", begunAt: 0 } as const;

test("a name that is started without end makes nobody forget the others, nor its own last ones", () => {
  const starts = new ReplacedStarts();
  starts.add(start("other", 1), 0);
  for (let instance = 1; instance <= 2 * replacedInstancesMax; instance++)
    starts.add(start("a", instance), 0);
  expect(starts.refuses(start("other", 1), accepted)).toBe(true);
  const last = 2 * replacedInstancesMax;
  expect(starts.refuses(start("a", last - replacedInstancesOfNameMax + 1), accepted)).toBe(true);
  expect(starts.refuses(start("a", last - replacedInstancesOfNameMax), accepted)).toBe(false);
});

test("of all names together so many are known, and the oldest are forgotten", () => {
  const starts = new ReplacedStarts();
  for (let nth = 0; nth <= replacedInstancesMax; nth++) starts.add(start(`n${nth}`, 1), 0);
  const isKnown = (nth: number): boolean => starts.refuses(start(`n${nth}`, 1), accepted);
  expect([isKnown(0), isKnown(1)]).toEqual([false, true]);
  // What is known already takes no other one's place.
  starts.add(start("n5", 1), 0);
  expect(isKnown(1)).toBe(true);
});

describe("a start that was replaced", () => {
  const starts = new ReplacedStarts();
  starts.add(start("a", 1), 5);

  test("is refused where it comes, and where a dial that began before finds it", () => {
    expect(starts.refuses(start("a", 1), { origin: "accepted", begunAt: 9 })).toBe(true);
    expect(starts.refuses(start("a", 1), { origin: "dialled", begunAt: 4 })).toBe(true);
    expect(starts.refuses(start("a", 2), { origin: "accepted", begunAt: 9 })).toBe(false);
  });

  test("runs after all where it takes a dial that began later", () => {
    expect(starts.refuses(start("a", 1), { origin: "dialled", begunAt: 6 })).toBe(false);
    starts.delete(start("a", 1));
    expect(starts.refuses(start("a", 1), { origin: "accepted", begunAt: 9 })).toBe(false);
  });
});
