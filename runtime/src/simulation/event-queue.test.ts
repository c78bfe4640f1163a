import { expect, test } from "@jest/globals";
import { EventQueue } from "./event-queue.ts";
import { Random } from "./random.ts";

test("events come out by time, and those of the same time in the order in which they went in", () => {
  const random = new Random(3);
  const queue = new EventQueue();
  const expected: { at: number; order: number }[] = [];
  for (let order = 0; order < 500; order++) {
    const at = random.below(40);
    queue.push(at, () => {});
    expected.push({ at, order });
  }
  expected.sort((a, b) => a.at - b.at || a.order - b.order);
  const popped = Array.from({ length: 500 }, () => queue.pop()).map((event) => [event?.at, event?.order]);
  expect(popped).toEqual(expected.map(({ at, order }) => [at, order]));
  expect(queue.pop()).toBeUndefined();
});
