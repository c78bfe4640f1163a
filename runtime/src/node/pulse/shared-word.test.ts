import { expect, test } from "@jest/globals";
import { LeaseMemory } from "../../supervision/index.ts";
import { SharedWord } from "./shared-word.ts";

test("two clocks share a point in time, to the microsecond, and that it is over", () => {
  const one = new SharedWord(undefined, 1e9 / 3);
  expect([one.load(), one.exchange(0, 1e9 / 3 + 1234.5678)]).toEqual([0, true]);
  const other = new SharedWord(one.memory);
  expect(other.load()).toBe(1234.568);
  expect(one.exchange(one.load() + 1, 5)).toBe(false);
  const [mine, theirs] = [new LeaseMemory(one), new LeaseMemory(other)];
  expect([mine.extend(1e9 / 3 + 2000, 1e9 / 3), theirs.untilMs]).toEqual([true, 2000]);
  expect([theirs.expire(2000), mine.untilMs, one.load()]).toEqual(["expired", -Infinity, 0]);
});

test("what was read can be exchanged, whatever the clocks", () => {
  for (let i = 0; i < 1000; i++) {
    const word = new SharedWord(undefined, Math.random() * 1e10);
    word.exchange(0, 1e10 + Math.random() * 1e10);
    expect(word.exchange(word.load(), 0)).toBe(true);
  }
});
