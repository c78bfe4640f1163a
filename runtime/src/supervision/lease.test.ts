import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import {
  checkLeaseTimes,
  driftMax,
  type GranterEvent,
  granterWakeAtMs,
  type HolderEvent,
  holderWakeAtMs,
  isHeld,
  type LeaseRequest,
  leaseTimes,
  newGranter,
  newHolder,
  stepGranter,
  stepHolder,
} from "./lease.ts";

const times = leaseTimes.lan;

function held(...events: readonly HolderEvent[]) {
  const holder = newHolder(times);
  const effects = events.map((event) => stepHolder(holder, event));
  return { holder, effects };
}

const needed: HolderEvent = { kind: "needed", term: 1, nowMs: 0 };
const granted = (number: number, nowMs: number, term = 1): HolderEvent => {
  return { kind: "granted", request: { term, number }, nowMs };
};

describe("the times of a lease", () => {
  test("of all profiles are safe where clocks drift apart", () => {
    for (const each of Object.values(leaseTimes)) expect(() => checkLeaseTimes(each)).not.toThrow();
  });

  test("are refused where two clocks could both think that it is theirs, or renewals are too rare", () => {
    const tight = { renewMs: 1000, orphanAfterMs: 6000, restartAfterMs: 7300 };
    expect(() => newHolder(tight)).toThrow("restartAfterMs has to be more than 7334");
    expect(() => newGranter({ ...times, renewMs: 2500 })).toThrow("at least three times");
  });
});

describe("a holder", () => {
  test("runs nothing before its first request was granted, and then counts from when that was sent", () => {
    const { holder, effects } = held(needed, granted(1, 5000));
    expect(effects).toEqual([
      [{ kind: "ask", request: { term: 1, number: 1 } }],
      [{ kind: "held", term: 1 }, expect.anything()],
    ]);
    expect(isHeld(holder, 1, 5999)).toBe(true);
    expect(isHeld(holder, 1, 6000)).toBe(false);
    expect(isHeld(held(needed).holder, 1, 0)).toBe(false);
  });

  test("stops its children when the time is over, also where nobody woke it", () => {
    const { effects, holder } = held(needed, granted(1, 10), granted(1, 6000));
    expect(effects.at(-1)).toEqual([{ kind: "orphaned", term: 1 }]);
    expect(holderWakeAtMs(holder)).toBe(Infinity);
  });

  test("is not revived by a grant that comes too late, be it the first", () => {
    expect(
      isHeld(held(needed, granted(1, 10), { kind: "woke", nowMs: 5000 }, granted(2, 7000)).holder, 1, 7000),
    ).toBe(false);
    const { holder, effects } = held(needed, granted(1, 6000));
    expect(isHeld(holder, 1, 6000)).toBe(false);
    expect(effects.at(-1)).toEqual([{ kind: "ask", request: { term: 1, number: 2 } }]);
  });

  test("asks again and again, and keeps only the requests whose grants could matter", () => {
    const { holder } = held(needed);
    for (let nowMs = 1000; nowMs <= 20_000; nowMs += 1000) stepHolder(holder, { kind: "woke", nowMs });
    expect([...holder.sentAtMs.keys()]).toEqual([16, 17, 18, 19, 20, 21]);
  });

  test("gives everything up at a new term, at a refusal, and takes no term twice", () => {
    const first = held(needed, granted(1, 10), { kind: "needed", term: 2, nowMs: 20 });
    expect(first.effects.at(-1)).toEqual([
      { kind: "orphaned", term: 1 },
      { kind: "ask", request: { term: 2, number: 2 } },
    ]);
    const second = held(
      needed,
      granted(1, 10),
      { kind: "refused", term: 1, nowMs: 20 },
      { ...needed, nowMs: 30 },
    );
    expect(second.effects.slice(2)).toEqual([[{ kind: "orphaned", term: 1 }], []]);
    expect(held(needed, granted(1, 10), { kind: "refused", term: 9, nowMs: 20 }).effects.at(-1)).toEqual([]);
  });

  test("asks no more once there are no children", () => {
    const { holder } = held(needed, granted(1, 10), { kind: "released", nowMs: 20 });
    expect(holderWakeAtMs(holder)).toBe(Infinity);
  });
});

describe("a granter", () => {
  const asked = (nowMs: number, term = 1): GranterEvent => ({
    kind: "asked",
    request: { term, number: 1 },
    nowMs,
  });
  const grants = (...events: readonly GranterEvent[]) => {
    const granter = newGranter(times);
    return { granter, effects: events.map((event) => stepGranter(granter, event)) };
  };
  const open: GranterEvent = { kind: "needed", nowMs: 0 };

  test("counts from when it sent the last grant, and then grants nothing of that term", () => {
    const { granter, effects } = grants(open, asked(100), asked(1100));
    expect(effects.at(-1)).toEqual([{ kind: "grant", request: { term: 1, number: 1 } }]);
    expect(granterWakeAtMs(granter)).toBe(9100);
    expect(stepGranter(granter, { kind: "woke", nowMs: 9099 })).toEqual([]);
    expect(stepGranter(granter, asked(9100))).toEqual([
      { kind: "expired", term: 1 },
      { kind: "refuse", term: 1 },
    ]);
    stepGranter(granter, { kind: "needed", nowMs: 9200 });
    expect(granter.term).toBe(2);
    expect(stepGranter(granter, asked(9300))).toEqual([{ kind: "refuse", term: 1 }]);
  });

  test("waits for nothing where the instance is proven dead, or where nothing was ever granted", () => {
    expect(grants(open, asked(1), { kind: "died", nowMs: 2 }).effects.at(-1)).toEqual([
      { kind: "expired", term: 1 },
    ]);
    expect(grants(open, { kind: "givenUp", nowMs: 2 }).effects.at(-1)).toEqual([
      { kind: "expired", term: 1 },
    ]);
    expect(grants(open, asked(1), { kind: "givenUp", nowMs: 2 }).effects.at(-1)).toEqual([]);
    expect(granterWakeAtMs(grants(open).granter)).toBe(Infinity);
  });

  test("refuses whoever asks when there are no children", () => {
    expect(grants(asked(1, 0)).effects).toEqual([[{ kind: "refuse", term: 0 }]]);
    expect(grants(open, asked(1), { kind: "released", nowMs: 2 }, asked(3)).effects.at(-1)).toEqual([
      { kind: "refuse", term: 1 },
    ]);
  });
});

/** What is on its way between the two, and comes when its time has come, or never. */
interface OnTheWay {
  readonly atMs: number;
  readonly to: "holder" | "granter";
  readonly event: "asked" | "granted" | "refused" | "needed";
  readonly request: LeaseRequest;
}

test("no two terms run at the same time, however clocks drift and messages are delayed or lost", () => {
  const rate = fc.double({ min: 1 - driftMax, max: 1 + driftMax, noNaN: true });
  const delays = fc.array(
    fc.oneof(
      { weight: 8, arbitrary: fc.nat(300) },
      { weight: 2, arbitrary: fc.nat(12_000) },
      { weight: 2, arbitrary: fc.constant(-1) },
    ),
    { minLength: 5, maxLength: 40 },
  );
  let expiries = 0;
  let runs = 0;
  fc.assert(
    fc.property(rate, rate, delays, fc.boolean(), (holderRate, granterRate, delay, isCut) => {
      const holder = newHolder(times);
      const granter = newGranter(times);
      let onTheWay: OnTheWay[] = [];
      let sent = 0;
      let nowMs = 0;
      const send = (to: OnTheWay["to"], event: OnTheWay["event"], request: LeaseRequest): void => {
        const ms = delay[sent++ % delay.length]!;
        const isLost = ms < 0 || (isCut && nowMs > 20_000 && nowMs < 40_000);
        if (!isLost) onTheWay.push({ atMs: nowMs + ms, to, event, request });
      };
      const tellHolder = (event: HolderEvent): void => {
        for (const effect of stepHolder(holder, event))
          if (effect.kind === "ask") send("granter", "asked", effect.request);
      };
      const tellGranter = (event: GranterEvent): void => {
        for (const effect of stepGranter(granter, event)) {
          if (effect.kind === "grant") send("holder", "granted", effect.request);
          else if (effect.kind === "refuse") send("holder", "refused", { term: effect.term, number: 0 });
          else expiries++;
        }
      };
      for (; nowMs < 60_000; nowMs += 50) {
        const [h, g] = [nowMs * holderRate, nowMs * granterRate];
        if (!granter.isOpen) {
          // The successor starts: nothing of the last term may run.
          tellGranter({ kind: "needed", nowMs: g });
          if (isHeld(holder, granter.term - 1, h)) throw new Error(`term ${granter.term - 1} runs`);
          send("holder", "needed", { term: granter.term, number: 0 });
        }
        if (onTheWay.length === 0 && holderWakeAtMs(holder) > h && granterWakeAtMs(granter) > g) continue;
        const due = onTheWay.filter(({ atMs }) => atMs <= nowMs);
        onTheWay = onTheWay.filter(({ atMs }) => atMs > nowMs);
        for (const { to, event, request } of due) {
          if (to === "granter") tellGranter({ kind: "asked", request, nowMs: g });
          else if (event === "granted") tellHolder({ kind: "granted", request, nowMs: h });
          else if (event === "refused") tellHolder({ kind: "refused", term: request.term, nowMs: h });
          else tellHolder({ kind: "needed", term: request.term, nowMs: h });
        }
        if (holderWakeAtMs(holder) <= h) tellHolder({ kind: "woke", nowMs: h });
        if (granterWakeAtMs(granter) <= g) tellGranter({ kind: "woke", nowMs: g });
        if (isHeld(holder, holder.term, h)) {
          runs++;
          if (holder.term !== granter.term || !granter.isOpen) throw new Error(`term ${holder.term} runs`);
        }
      }
    }),
    { numRuns: 150 },
  );
  expect(expiries).toBeGreaterThan(20);
  expect(runs).toBeGreaterThan(1000);
});
