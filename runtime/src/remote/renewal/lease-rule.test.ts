import { describe, expect, test } from "@jest/globals";
import { driftMax, leaseTimes } from "../../supervision/index.ts";
import { exitGraceMs, grantForMs, lateMs, renewForMs, waitForMs } from "./lease-rule.ts";

const times = leaseTimes.lan;
const { renewMs, orphanAfterMs } = times;

describe("what the thread of the node with the children asks for", () => {
  test("is nothing while the loop runs and renews by itself", () => {
    const look = { nowMs: 10_000, loopAtMs: 9_990 };
    expect(renewForMs(times, 9_100 + orphanAfterMs, look)).toBe(0);
    expect(renewForMs(times, 9_995 + orphanAfterMs, look)).toBe(0);
  });

  test("is one lease from when the loop ran last, once that is late", () => {
    const untilMs = 9_100 + orphanAfterMs;
    expect(renewForMs(times, untilMs, { nowMs: 10_000 + lateMs - 1, loopAtMs: 10_000 })).toBe(0);
    expect(renewForMs(times, untilMs, { nowMs: 10_000 + lateMs, loopAtMs: 10_000 })).toBe(
      orphanAfterMs - lateMs,
    );
    expect(renewForMs(times, 10_000 + orphanAfterMs, { nowMs: 12_000, loopAtMs: 10_000 })).toBe(0);
  });

  test("is nothing once the loop has been blocked for as long as the lease", () => {
    expect(renewForMs(times, 0, { nowMs: 10_000 + orphanAfterMs, loopAtMs: 10_000 })).toBe(0);
    expect(renewForMs(times, 0, { nowMs: 99_000, loopAtMs: 10_000 })).toBe(0);
  });

  test("is one lease, too, where the loop runs and gets no renewal", () => {
    const look = { nowMs: 10_000, loopAtMs: 10_000 };
    expect(renewForMs(times, 10_000 - 2 * renewMs + orphanAfterMs, look)).toBe(orphanAfterMs);
  });
});

describe("what the thread of the supervisors' node grants", () => {
  test("is what is asked for while its loop runs, and never more than a lease", () => {
    const look = { nowMs: 10_000, loopAtMs: 10_000 };
    expect(grantForMs(times, 700, look)).toBe(700);
    expect(grantForMs(times, orphanAfterMs, look)).toBe(orphanAfterMs);
    expect(grantForMs(times, orphanAfterMs + 1, look)).toBe(0);
  });

  test("ends one lease behind when its own loop ran last", () => {
    expect(grantForMs(times, orphanAfterMs, { nowMs: 12_000, loopAtMs: 10_000 })).toBe(orphanAfterMs - 2000);
    expect(grantForMs(times, 1, { nowMs: 10_000 + orphanAfterMs, loopAtMs: 10_000 })).toBe(0);
  });

  test("is waited for for longer than clocks can drift apart", () => {
    for (const each of Object.values(leaseTimes)) {
      for (let forMs = 1; forMs <= each.orphanAfterMs; forMs += 7)
        expect(waitForMs(each, forMs) * (1 - driftMax)).toBeGreaterThan(forMs * (1 + driftMax));
      expect(waitForMs(each, each.orphanAfterMs)).toBe(each.restartAfterMs);
    }
  });
});

test("a loop that runs has a moment to end the process by itself, a blocked one has none", () => {
  expect(exitGraceMs({ nowMs: 1000, loopAtMs: 990 })).toBe(lateMs);
  expect(exitGraceMs({ nowMs: 1000, loopAtMs: 1000 - lateMs })).toBe(0);
});
