import { expect, test } from "@jest/globals";
import { EventQueue } from "./event-queue.ts";

const queueOf = (waitingMax: number, onEnd: () => void = () => {}) =>
  new EventQueue<string>(waitingMax, (count) => `missed ${count}`, onEnd);

test("a queue is read in order, by a reader that waits or comes later", async () => {
  const queue = queueOf(2);
  const first = queue.next();
  queue.put("a");
  queue.put("b");
  expect(await first).toEqual({ done: false, value: "a" });
  expect(await queue.next()).toEqual({ done: false, value: "b" });
});

test("what does not fit is dropped, and told of where it is missing, before anything that comes later", async () => {
  const queue = queueOf(2);
  expect(["a", "b", "c", "d"].map((event) => queue.put(event))).toEqual([true, true, false, false]);
  expect((await queue.next()).value).toBe("a");
  expect(queue.put("e")).toBe(false);
  expect((await queue.next()).value).toBe("b");
  expect((await queue.next()).value).toBe("missed 3");
  queue.put("f");
  expect((await queue.next()).value).toBe("f");
});

test("the end comes behind what waits; who stops reading gets nothing more", async () => {
  const queue = queueOf(2);
  queue.put("a");
  queue.end();
  expect(queue.put("b")).toBe(true);
  expect((await queue.next()).value).toBe("a");
  expect((await queue.next()).done).toBe(true);
  let isOver = false;
  const left = queueOf(2, () => {
    isOver = true;
  });
  left.put("a");
  const seen = [];
  for await (const event of left) {
    seen.push(event);
    break;
  }
  expect([seen, isOver, (await left.next()).done]).toEqual([["a"], true, true]);
});
