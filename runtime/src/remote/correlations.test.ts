import { describe, expect, test } from "@jest/globals";
import { Correlations, slotOf } from "./correlations.ts";
import { inFlightMax } from "./limits.ts";

const one = () => ({ correlation: -1 });

describe("numbers of asks", () => {
  test("find who waits, once", () => {
    const waiting = new Correlations();
    const ask = one();
    expect(waiting.add(ask)).toBe(true);
    const { correlation } = ask;
    expect(waiting.take(correlation)).toBe(ask);
    expect(waiting.take(correlation)).toBeUndefined();
    expect(waiting.size).toBe(0);
  });

  test("are not the same again in a slot that is used again", () => {
    const waiting = new Correlations();
    const first = one();
    waiting.add(first);
    const old = first.correlation;
    waiting.remove(first);
    const second = one();
    waiting.add(second);
    expect(slotOf(second.correlation)).toBe(slotOf(old));
    expect(waiting.take(old)).toBeUndefined();
    expect(waiting.take(second.correlation)).toBe(second);
  });

  test("are given to so many at a time, and no more", () => {
    const waiting = new Correlations();
    const all = Array.from({ length: inFlightMax }, one);
    expect(all.every((ask) => waiting.add(ask))).toBe(true);
    expect(new Set(all.map(({ correlation }) => correlation)).size).toBe(inFlightMax);
    expect(waiting.add(one())).toBe(false);
    waiting.remove(all[5]!);
    expect(waiting.add(one())).toBe(true);
  });
});
