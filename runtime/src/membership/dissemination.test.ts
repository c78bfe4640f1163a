import { expect, test } from "@jest/globals";
import { enqueue, newQueue, take } from "./dissemination.ts";
import { encodeUpdate } from "./messages.codec.ts";
import type { Update } from "./messages.ts";

const claim = (key: string): Update => ({
  node: { host: key, port: 1, instance: 1n },
  status: "alive",
  incarnation: 0,
  evidence: "joined",
  accusers: [],
  ageS: 0,
});
const hosts = (updates: readonly Update[]) => updates.map(({ node }) => node.host);

test("an update is told a bounded number of times, and then no more", () => {
  const queue = newQueue();
  enqueue(queue, "a", false);
  const taken = Array.from({ length: 6 }, () => take(queue, claim, 1000, 4).length);
  expect(taken).toEqual([1, 1, 1, 1, 0, 0]);
});

test("the freshest goes first: what was told least, then what is newest", () => {
  const queue = newQueue();
  for (const key of ["a", "b", "c"]) enqueue(queue, key, false);
  const two = 2 * encodeUpdate(claim("a")).length;
  expect(hosts(take(queue, claim, two, 9))).toEqual(["c", "b"]);
  expect(hosts(take(queue, claim, two, 9))).toEqual(["a", "c"]);
});

test("a message takes no more bytes than its budget", () => {
  const queue = newQueue();
  for (let index = 0; index < 100; index++) enqueue(queue, `host${index}`, false);
  const bytes = take(queue, claim, 300, 9).reduce((sum, update) => sum + encodeUpdate(update).length, 0);
  expect(bytes).toBeGreaterThan(200);
  expect(bytes).toBeLessThanOrEqual(300);
});

test("news of a member replaces what was to be told of it, and is told anew", () => {
  const queue = newQueue();
  enqueue(queue, "a", true);
  take(queue, claim, 1000, 2);
  enqueue(queue, "a", false);
  expect(queue.items.size).toBe(1);
  const read: boolean[] = [];
  const note = (key: string, withMetadata: boolean) => {
    read.push(withMetadata);
    return claim(key);
  };
  expect(take(queue, note, 1000, 2)).toHaveLength(1);
  expect(read).toEqual([true]);
  expect(take(queue, note, 1000, 2)).toHaveLength(1);
  expect(take(queue, note, 1000, 2)).toHaveLength(0);
});

test("of whom nothing is known any more, nothing is told", () => {
  const queue = newQueue();
  enqueue(queue, "a", false);
  expect(take(queue, () => undefined, 1000, 2)).toEqual([]);
  expect(queue.items.size).toBe(0);
});
