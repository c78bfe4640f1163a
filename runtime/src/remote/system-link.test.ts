import { expect, test } from "@jest/globals";
import { type LaneMessage, resendMs } from "./system-lane.ts";
import { SystemLink } from "./system-link.ts";

/** A link whose messages are kept, with a clock that only the test moves. */
class Desk {
  nowMs = 0;
  takes = true;
  readonly sent: LaneMessage<string>[] = [];
  readonly heard: string[] = [];
  readonly timers: { readonly atMs: number; readonly run: () => void }[] = [];
  readonly link = new SystemLink<string>(
    {
      now: () => this.nowMs,
      setTimer: (afterMs, run) => {
        const timer = { atMs: this.nowMs + afterMs, run };
        this.timers.push(timer);
        return () => this.timers.splice(this.timers.indexOf(timer), 1);
      },
    },
    {
      send: (message) => {
        if (this.takes) this.sent.push(message);
        return this.takes;
      },
      deliver: (body) => this.heard.push(body),
      fenced: (reason) => this.heard.push(`fenced: ${reason}`),
    },
  );

  pass(ms: number): void {
    this.nowMs += ms;
    for (const timer of this.timers.filter(({ atMs }) => atMs <= this.nowMs)) {
      this.timers.splice(this.timers.indexOf(timer), 1);
      timer.run();
    }
  }
}

test("a link sends what it has as soon as it is open, and again when its time is up, with one timer", () => {
  const desk = new Desk();
  desk.link.submit("a");
  expect(desk.timers).toHaveLength(0);
  desk.link.opened();
  desk.link.submit("b");
  expect(desk.sent).toHaveLength(2);
  expect(desk.timers).toHaveLength(1);
  desk.pass(resendMs);
  expect(desk.sent.map((message) => message.kind === "sequenced" && message.sequence)).toEqual([1, 2, 1, 2]);
  desk.link.received({ kind: "acknowledged", acknowledged: 2 });
  expect(desk.timers).toHaveLength(0);
});

test("a link leaves out what would come behind a refused message, and tries all of it later", () => {
  const desk = new Desk();
  desk.takes = false;
  desk.link.submit("a");
  desk.link.submit("b");
  desk.link.opened();
  desk.takes = true;
  desk.link.submit("c");
  expect(desk.sent).toEqual([]);
  desk.pass(resendMs);
  expect(desk.sent).toHaveLength(3);
});

test("a link that is told that it is over says so once, and needs no timer", () => {
  const desk = new Desk();
  desk.link.opened();
  desk.link.submit("a");
  desk.link.received({ kind: "over" });
  desk.link.received({ kind: "over" });
  expect(desk.heard).toEqual(["fenced: over"]);
  expect(desk.link.isOver).toBe(true);
  expect(desk.timers).toHaveLength(0);
});
