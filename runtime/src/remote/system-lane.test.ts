import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import {
  acknowledgeEvery,
  acknowledgeMs,
  type Effect,
  type Event,
  type Happening,
  inFlightMax,
  type LaneMessage,
  newSystemLane,
  pendingMax,
  resendMs,
  type SystemLane,
  step,
  wakeAtMs,
} from "./system-lane.ts";

function says(effects: readonly Effect<string>[]): string {
  return effects
    .map((effect) => {
      if (effect.kind === "deliver") return `deliver ${effect.body}`;
      if (effect.kind === "fence") return `fence ${effect.reason}`;
      const { message } = effect;
      if (message.kind === "over") return "over";
      return message.kind === "sequenced"
        ? `${message.sequence} ${message.body} ^${message.acknowledged}`
        : `^${message.acknowledged}`;
    })
    .join(", ");
}

function submitted(body: string, nowMs = 0): Event<string> {
  return { kind: "submitted", body, nowMs };
}

function numbered(sequence: number, acknowledged = 0, nowMs = 0): Event<string> {
  return {
    kind: "received",
    message: { kind: "sequenced", sequence, acknowledged, body: `m${sequence}` },
    nowMs,
  };
}

const opened: Event<string> = { kind: "opened", nowMs: 0 };

function lane(...events: readonly Event<string>[]): { lane: SystemLane<string>; said: string[] } {
  const made = newSystemLane<string>();
  return { lane: made, said: events.map((event) => says(step(made, event))) };
}

describe("a system lane", () => {
  test("keeps what is submitted until there is a stream, and sends it in order", () => {
    const { said } = lane(submitted("a"), submitted("b"), opened, submitted("c"));
    expect(said).toEqual(["", "", "1 a ^0, 2 b ^0", "3 c ^0"]);
  });

  test("sends again on a new stream what was not acknowledged, and nothing else", () => {
    const { said } = lane(
      opened,
      submitted("a"),
      submitted("b"),
      { kind: "received", message: { kind: "acknowledged", acknowledged: 1 }, nowMs: 5 },
      { kind: "closed", nowMs: 6 },
      submitted("c", 7),
      { kind: "opened", nowMs: 8 },
    );
    expect(said.at(-1)).toBe("2 b ^0, 3 c ^0");
  });

  test("delivers each message once and in order, whatever comes twice or too early", () => {
    const { said, lane: it } = lane(opened, numbered(1), numbered(1), numbered(3), numbered(2), numbered(3));
    expect(said).toEqual(["", "deliver m1", "^1", "^1", "deliver m2", "deliver m3"]);
    expect(it).toMatchObject({ repeated: 1, outOfOrder: 1, received: 3 });
  });

  test("acknowledges with what it sends, else after a while, and after many at once", () => {
    const first = lane(opened, numbered(1), submitted("a"));
    expect(first.said.at(-1)).toBe("1 a ^1");
    expect(wakeAtMs(first.lane)).toBe(resendMs);
    const second = lane(opened, numbered(1, 0, 10));
    expect(wakeAtMs(second.lane)).toBe(10 + acknowledgeMs);
    expect(says(step(second.lane, { kind: "woke", nowMs: 10 + acknowledgeMs }))).toBe("^1");
    const many = Array.from({ length: acknowledgeEvery }, (_, i) => numbered(i + 1));
    expect(lane(opened, ...many).said.at(-1)).toBe(`deliver m${acknowledgeEvery}, ^${acknowledgeEvery}`);
  });

  test("says on a new stream what has come, so that nothing of it is sent for ever", () => {
    const { said } = lane(opened, numbered(1), { kind: "closed", nowMs: 1 }, { kind: "opened", nowMs: 2 });
    expect(said.at(-1)).toBe("^1");
  });

  test("sends all that is in flight again where nothing is acknowledged in time", () => {
    const { lane: it } = lane(opened, submitted("a"), submitted("b", 100));
    expect(wakeAtMs(it)).toBe(resendMs);
    expect(says(step(it, { kind: "woke", nowMs: resendMs - 1 }))).toBe("");
    expect(says(step(it, { kind: "woke", nowMs: resendMs }))).toBe("1 a ^0, 2 b ^0");
    expect(wakeAtMs(it)).toBe(2 * resendMs);
    expect(it.resent).toBe(2);
  });

  test("waits before it tries again where the stream takes no more", () => {
    const { lane: it, said } = lane(opened, submitted("a"), { kind: "refused", nowMs: 3 }, submitted("b", 4));
    expect(said.at(-1)).toBe("");
    expect(wakeAtMs(it)).toBe(3 + resendMs);
    expect(says(step(it, { kind: "woke", nowMs: 3 + resendMs }))).toBe("1 a ^0, 2 b ^0");
  });

  test("has a bounded number in flight; the others follow as they are acknowledged", () => {
    const events = Array.from({ length: inFlightMax + 2 }, (_, i) => submitted(`${i}`));
    const { lane: it, said } = lane(opened, ...events);
    expect(said.filter((text) => text !== "")).toHaveLength(inFlightMax);
    const ack: LaneMessage<string> = { kind: "acknowledged", acknowledged: 1 };
    expect(says(step(it, { kind: "received", message: ack, nowMs: 1 }))).toBe(
      `${inFlightMax + 1} ${inFlightMax} ^0`,
    );
  });

  test("fences a peer for which too much waits, and one that acknowledges what was never sent", () => {
    const events = Array.from({ length: pendingMax + 1 }, () => submitted("x"));
    const { lane: full, said } = lane(...events);
    expect(said.at(-2)).toBe("");
    expect(said.at(-1)).toBe("fence overflow");
    expect(full).toMatchObject({ phase: "over", pending: [] });
    const liar: LaneMessage<string> = { kind: "acknowledged", acknowledged: 1 };
    expect(lane(opened, { kind: "received", message: liar, nowMs: 0 }).said.at(-1)).toBe(
      "fence acknowledgedUnsent",
    );
  });

  test("does nothing once it is over but tell so whoever goes on", () => {
    const over: Event<string> = { kind: "received", message: { kind: "over" }, nowMs: 2 };
    const ended: Event<string> = { kind: "ended", nowMs: 1 };
    const { lane: it, said } = lane(opened, submitted("a"), ended, opened, submitted("b"), numbered(1), over);
    expect(said.slice(2)).toEqual(["", "", "", "over", ""]);
    expect(wakeAtMs(it)).toBe(Infinity);
    expect(lane(opened, over).said.at(-1)).toBe("fence over");
  });
});

/** Two lanes and the streams between them: what is on its way is lost when the stream closes. */
class Line {
  readonly lanes = [newSystemLane<string>(), newSystemLane<string>()] as const;
  readonly delivered: readonly [string[], string[]] = [[], []];
  nowMs = 0;
  isOpen = false;
  #way: { to: 0 | 1; message: LaneMessage<string> }[] = [];

  step(side: 0 | 1, event: Happening<string>): void {
    for (const effect of step(this.lanes[side], { ...event, nowMs: this.nowMs })) {
      if (effect.kind === "deliver") this.delivered[side].push(effect.body);
      else if (effect.kind === "fence") throw new Error(effect.reason);
      else if (this.isOpen) this.#way.push({ to: side === 0 ? 1 : 0, message: effect.message });
    }
  }

  open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.step(0, { kind: "opened" });
    this.step(1, { kind: "opened" });
  }

  /** All that is on its way is lost, or but its beginning. */
  close(arrives: number): void {
    if (!this.isOpen) return;
    this.arrive(arrives);
    this.isOpen = false;
    this.#way = [];
    this.step(0, { kind: "closed" });
    this.step(1, { kind: "closed" });
  }

  arrive(count: number): void {
    for (let i = 0; i < count; i++) {
      const first = this.#way.shift();
      if (first === undefined) return;
      this.step(first.to, { kind: "received", message: first.message });
    }
  }

  pass(ms: number): void {
    const until = this.nowMs + ms;
    for (;;) {
      const next = Math.min(wakeAtMs(this.lanes[0]), wakeAtMs(this.lanes[1]));
      if (next > until) break;
      this.nowMs = Math.max(this.nowMs, next);
      for (const side of [0, 1] as const) {
        if (wakeAtMs(this.lanes[side]) <= this.nowMs) this.step(side, { kind: "woke" });
      }
      if (this.isOpen) this.arrive(1000);
    }
    this.nowMs = until;
  }
}

const actions = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant("submit" as const),
        side: fc.constantFrom(0 as const, 1 as const),
      }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("arrive" as const), count: fc.nat(6) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("close" as const), count: fc.nat(4) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("open" as const) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.nat(1500) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("refuse" as const),
        side: fc.constantFrom(0 as const, 1 as const),
      }),
    },
  ),
  { maxLength: 80 },
);

test("all that is submitted comes once and in order, however often streams break", () => {
  let resent = 0;
  fc.assert(
    fc.property(actions, (plan) => {
      const line = new Line();
      const submitted: readonly [string[], string[]] = [[], []];
      for (const action of plan) {
        if (action.kind === "submit") {
          const body = `${action.side}:${submitted[action.side].length}`;
          submitted[action.side].push(body);
          line.step(action.side, { kind: "submitted", body });
        } else if (action.kind === "arrive") line.arrive(action.count);
        else if (action.kind === "close") line.close(action.count);
        else if (action.kind === "open") line.open();
        else if (action.kind === "refuse") line.step(action.side, { kind: "refused" });
        else line.pass(action.ms);
        for (const side of [0, 1] as const) {
          const other = side === 0 ? 1 : 0;
          expect(line.delivered[side]).toEqual(submitted[other].slice(0, line.delivered[side].length));
        }
      }
      line.open();
      line.arrive(10_000);
      line.pass(4 * resendMs);
      expect(line.delivered).toEqual([submitted[1], submitted[0]]);
      expect(line.lanes.map(({ pending }) => pending.length)).toEqual([0, 0]);
      resent += line.lanes[0].resent + line.lanes[1].resent;
    }),
    { numRuns: 400 },
  );
  expect(resent).toBeGreaterThan(0);
});
