// What a node does with orders of children: their numbers, their lease, and what it is told about them meanwhile.
import { describe, expect, test } from "@jest/globals";
import type { ActorCell } from "../actors/cell.ts";
import type { Lease, StopReason } from "../actors/index.ts";
import { leaseTimes, localLeaseMemory } from "../supervision/index.ts";
import { FarChildren } from "./far-children.ts";
import { HeldChildren } from "./held-children.ts";
import type { LeaseAnswer, LeaseAsk } from "./lease-messages.ts";
import { heldChildrenMax } from "./limits.ts";
import type { ChildGone, StopChild } from "./system-messages.ts";

class Bench {
  nowMs = 0;
  running = 0;
  readonly said: string[] = [];
  readonly asked: LeaseAsk[] = [];
  readonly gone: ChildGone[] = [];
  readonly leases = new Map<number, Lease>();
  #timers: { readonly atMs: number; readonly run: () => void }[] = [];
  readonly clock = {
    now: (): number => this.nowMs,
    setTimer: (afterMs: number, run: () => void): (() => void) => {
      const timer = { atMs: this.nowMs + afterMs, run };
      this.#timers.push(timer);
      return () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
      };
    },
  };
  readonly held = new HeldChildren(
    {
      ...this.clock,
      submit: (body) => this.gone.push(body),
      ask: (ask) => this.asked.push(ask),
      hold: (term, untilMs) => ({
        memory: localLeaseMemory(term, untilMs),
        children: (count) => {
          this.running = count;
        },
      }),
      lost: (children, lateMs) => this.said.push(`lost ${children}, ${lateMs} ms late`),
      fence: () => this.said.push("fenced"),
    },
    leaseTimes.lan,
  );

  order(child: number, term = 1): void {
    this.held.order({
      child,
      term,
      start: (lease, ended) => {
        this.said.push(`+${child}`);
        this.leases.set(child, lease);
        const end = (reason: StopReason): void => {
          this.said.push(`-${child}:${reason.reason}`);
          ended(reason);
        };
        // Nothing else of a cell is used.
        return { end, postTurn: (run: () => void) => run() } as unknown as ActorCell;
      },
      refuse: ({ text }) => this.said.push(`${child} refused: ${text}`),
    });
  }

  grant(): void {
    const { term, number } = this.asked.at(-1)!;
    this.held.answered({ term, number, isGranted: true });
  }

  pass(ms: number): void {
    const untilMs = this.nowMs + ms;
    for (;;) {
      const [next] = this.#timers
        .filter(({ atMs }) => atMs <= untilMs)
        .sort((one, two) => one.atMs - two.atMs);
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.run();
    }
    this.nowMs = untilMs;
  }
}

describe("the node that runs children", () => {
  test("starts none before the lease is granted, and all when it is", () => {
    const bench = new Bench();
    bench.order(1);
    bench.order(2);
    expect([bench.said, bench.asked.length]).toEqual([[], 1]);
    bench.grant();
    expect(bench.said).toEqual(["+1", "+2"]);
    bench.order(3);
    expect(bench.said).toEqual(["+1", "+2", "+3"]);
  });

  test("ends all when nobody renews it, and starts none of that term any more", () => {
    const bench = new Bench();
    bench.order(1);
    bench.grant();
    expect(bench.leases.get(1)!.isHeld).toBe(true);
    bench.pass(leaseTimes.lan.orphanAfterMs);
    expect(bench.leases.get(1)!.isHeld).toBe(false);
    bench.order(2);
    expect(bench.said).toEqual([
      "+1",
      "-1:leaseLost",
      "lost 1, 0 ms late",
      "2 refused: The lease under which it was to run is over.",
    ]);
    expect(bench.gone).toEqual([{ kind: "childGone", child: 1, reason: "leaseExpired" }]);
  });

  test("says how many it lost, and how late that was found, where its loop was blocked meanwhile", () => {
    const bench = new Bench();
    bench.order(1);
    bench.order(2);
    bench.grant();
    expect(bench.running).toBe(2);
    bench.nowMs = leaseTimes.lan.orphanAfterMs + 700;
    expect(bench.leases.get(1)!.isHeld).toBe(false);
    bench.pass(0);
    expect(bench.said.slice(2)).toEqual(["-1:leaseLost", "-2:leaseLost", "lost 2, 700 ms late"]);
    expect(bench.running).toBe(0);
  });

  test("has lost none where none ran, and none to a supervisor whose node is gone", () => {
    const [none, gone] = [new Bench(), new Bench()];
    none.order(1);
    none.grant();
    none.held.stop({ kind: "stopChild", child: 1, withinMs: 0 });
    none.pass(leaseTimes.lan.orphanAfterMs);
    gone.order(1);
    gone.grant();
    gone.held.end();
    expect([none.said, gone.said]).toEqual([
      ["+1", "-1:stopped"],
      ["+1", "-1:leaseLost"],
    ]);
  });

  test("starts no child that it was told to stop before it heard of it", () => {
    const bench = new Bench();
    bench.held.stop({ kind: "stopChild", child: 2, withinMs: 0 });
    expect(bench.gone).toEqual([{ kind: "childGone", child: 2, reason: "exited" }]);
    bench.order(1);
    bench.order(2);
    bench.order(2);
    bench.grant();
    expect(bench.said).toEqual([
      "2 refused: It was stopped before it was started.",
      "2 refused: The supervisor's node has given it up.",
      "+1",
    ]);
  });

  test("says once that a child has ended, and answers for those that have", () => {
    const bench = new Bench();
    bench.order(1);
    bench.grant();
    bench.held.stop({ kind: "stopChild", child: 1, withinMs: 100 });
    bench.pass(200);
    expect(bench.gone.length).toBe(1);
    bench.held.stop({ kind: "stopChild", child: 1, withinMs: 100 });
    expect(bench.gone.length).toBe(2);
  });

  test("remembers no more stops of unknown children than it may have children", () => {
    const bench = new Bench();
    for (let child = 1; child <= heldChildrenMax + 1; child++) {
      bench.held.stop({ kind: "stopChild", child, withinMs: 0 });
    }
    expect(bench.said).toEqual(["fenced"]);
  });
});

describe("the node of the supervisor", () => {
  function far() {
    const bench = new Bench();
    const answers: LeaseAnswer[] = [];
    const sent: StopChild[] = [];
    const ends: string[] = [];
    const children = new FarChildren(
      {
        ...bench.clock,
        opened: () => {},
        grant: localLeaseMemory,
        submit: (body) => sent.push(body),
        answer: (answer) => answers.push(answer),
      },
      leaseTimes.lan,
    );
    const by = {
      started: () => {},
      ended: (all: readonly { readonly name: string; readonly end: { readonly reason: string } }[]) => {
        ends.push(all.map(({ name, end }) => `${name}:${end.reason}`).join(" "));
      },
    };
    const begin = (name: string) => children.begin({ name, generation: 1 }, by);
    const ask = (number = 1, forMs: number = leaseTimes.lan.orphanAfterMs) =>
      children.asked({ term: 1, number, forMs });
    return { bench, answers, sent, ends, children, begin, ask };
  }

  test("hears of all its children at once when the lease is over, not before", () => {
    const { bench, ends, begin, ask, children } = far();
    begin("x");
    begin("y");
    ask();
    bench.pass(leaseTimes.lan.restartAfterMs - 1);
    children.gone({ kind: "childGone", child: 1, reason: "leaseExpired" });
    expect([ends, children.isOpen]).toEqual([[], false]);
    bench.pass(1);
    expect([ends, children.isOpen]).toEqual([["x:leaseExpired y:leaseExpired"], true]);
  });

  test("grants nothing to one who would run them for longer than is waited for", () => {
    const { answers, begin, ask } = far();
    begin("x");
    ask(1, leaseTimes.lan.orphanAfterMs + 1);
    expect(answers).toEqual([{ term: 1, number: 1, isGranted: false }]);
  });

  test("waits for nothing where the node is proven dead or has left, and for the lease where policy has removed it", () => {
    for (const how of ["nodeDied", "nodeLeft", "removed"] as const) {
      const { bench, ends, begin, ask, children } = far();
      begin("x");
      ask();
      if (how === "removed") children.giveUp();
      else children.died(how);
      expect(ends.length === 1).toBe(how !== "removed");
      bench.pass(leaseTimes.lan.restartAfterMs);
      expect(ends).toEqual([how === "removed" ? "x:leaseExpired" : `x:${how}`]);
    }
  });

  test("has a child stopped of which it does not know whether it started", () => {
    const { sent, begin, ask, children, ends } = far();
    begin("x");
    ask();
    children.doubt({ number: 1, term: 1 });
    expect([sent, ends]).toEqual([[{ kind: "stopChild", child: 1, withinMs: 0 }], []]);
    children.gone({ kind: "childGone", child: 1, reason: "exited" });
    expect(ends).toEqual(["x:shutdown"]);
  });
});
