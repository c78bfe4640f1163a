import { describe, expect, test } from "@jest/globals";
import { heard, newKeepalive, step } from "./keepalive.ts";

const tick = (nowMs: number) => ({ kind: "ticked", nowMs }) as const;

describe("a stream on which nothing is heard", () => {
  test("is pinged each interval, and dead after the last miss", () => {
    const keepalive = newKeepalive(3);
    const effects = [0, 1000, 2000, 3000].map((nowMs) => step(keepalive, tick(nowMs))[0]);
    expect(effects).toEqual([
      { kind: "ping", number: 1 },
      { kind: "ping", number: 2 },
      { kind: "ping", number: 3 },
      { kind: "dead" },
    ]);
  });

  test("lives on with any sign of life, also one that is no answer", () => {
    const keepalive = newKeepalive(2);
    for (let nowMs = 0; nowMs < 20_000; nowMs += 1000) {
      expect(step(keepalive, tick(nowMs))[0]?.kind).toBe("ping");
      if (nowMs % 2000 === 0) heard(keepalive);
    }
  });

  test("is not judged by a clock: one long pause of this process is one miss", () => {
    const keepalive = newKeepalive(3);
    step(keepalive, tick(0));
    expect(step(keepalive, tick(3_600_000))[0]?.kind).toBe("ping");
  });
});

describe("a round trip", () => {
  test("is measured by the answer to the last ping, once", () => {
    const keepalive = newKeepalive(3);
    step(keepalive, tick(100));
    const pong = { kind: "pongReceived", number: 1, nowMs: 107 } as const;
    expect(step(keepalive, pong)).toEqual([{ kind: "measured", roundTripMs: 7 }]);
    expect(step(keepalive, pong)).toEqual([]);
  });

  test("is not measured by a late answer, or one to nothing", () => {
    const keepalive = newKeepalive(3);
    expect(step(keepalive, { kind: "pongReceived", number: 0, nowMs: 1 })).toEqual([]);
    step(keepalive, tick(100));
    step(keepalive, tick(1100));
    expect(step(keepalive, { kind: "pongReceived", number: 1, nowMs: 1101 })).toEqual([]);
  });
});
