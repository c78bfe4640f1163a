// What actors of one process can rely on: messages, asks, rooms. docs/semantics.md names these tests.
import { describe, expect, test } from "@jest/globals";
import { accepted, OutcomeError, type Told } from "./index.ts";
import { gate, Probe, ProbeActor, ReentrantActor, testSystem } from "./probes.testing.ts";

describe("messages", () => {
  test("are handled in the order in which one sender sent them, tells and asks alike", async () => {
    const { host, spawn } = testSystem();
    const ref = spawn();
    const seen: number[] = [];
    for (let i = 0; i < 10; i++) {
      if (i % 3 === 0) void ref.ask(() => seen.push(i));
      else ref.tell(() => void seen.push(i));
    }
    await host.settle();
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("are handled one at a time, also by handlers that wait", async () => {
    const { host, spawn } = testSystem();
    const ref = spawn();
    const { opened, open } = gate();
    const seen: string[] = [];
    void ref.ask(async () => {
      seen.push("begin");
      await opened;
      seen.push("end");
    });
    ref.tell(() => void seen.push("next"));
    await host.settle();
    expect(seen).toEqual(["begin"]);
    open();
    await host.settle();
    expect(seen).toEqual(["begin", "end", "next"]);
  });

  test("are handled while others wait by actors that are reentrant", async () => {
    const { host, system } = testSystem();
    const ref = system.spawn(ReentrantActor, []);
    const { opened, open } = gate();
    const first = ref.ask(() => opened.then(() => 1));
    expect(await ref.ask(() => 2)).toEqual({ status: "ok", value: 2 });
    open();
    expect(await first).toEqual({ status: "ok", value: 1 });
    await host.settle();
  });

  test("never run while they are sent", async () => {
    const { host, spawn } = testSystem();
    const ref = spawn();
    const seen: string[] = [];
    expect(ref.tell(() => void seen.push("ran"))).toBe(accepted);
    expect(seen).toEqual([]);
    await host.settle();
    expect(seen).toEqual(["ran"]);
  });

  test("of one busy actor keep no other from its turn", async () => {
    const { host, spawn } = testSystem();
    const [busy, other] = [spawn(), spawn()];
    const seen: string[] = [];
    for (let i = 0; i < 1000; i++) busy.tell(() => void seen.push("busy"));
    other.tell(() => void seen.push("other"));
    await host.settle();
    expect(seen.indexOf("other")).toBeLessThan(500);
    expect(seen).toHaveLength(1001);
  });

  test("that actors send each other without end let the rest of the process have its turn", async () => {
    const { host, spawn } = testSystem();
    const ref = spawn();
    let isOver = false;
    const again = (): void => {
      host.stall(0.001);
      if (!isOver) ref.tell(again);
    };
    ref.tell(again);
    const event = new Promise<void>((resolve) => setImmediate(resolve));
    await event;
    isOver = true;
    await host.settle();
  });
});

describe("asks", () => {
  test("have the value as their outcome, of handlers that return and that promise", async () => {
    const { spawn } = testSystem();
    const ref = spawn();
    expect(await ref.ask(() => 1)).toEqual({ status: "ok", value: 1 });
    expect(await ref.ask(async () => 2)).toEqual({ status: "ok", value: 2 });
    expect(await ref.ask(() => 3).orThrow()).toBe(3);
  });

  test("throw every other outcome where the caller wants the value alone", async () => {
    const { spawn } = testSystem();
    const reply = spawn().ask(() => {
      throw new RangeError("no");
    });
    const error = await reply.orThrow().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OutcomeError);
    expect((error as OutcomeError).outcome).toEqual({
      status: "failed",
      error: { name: "RangeError", message: "no" },
    });
    expect((error as OutcomeError).message).toBe("RangeError: no");
  });

  test("that are not begun in time are not sent, and no handler runs for them later", async () => {
    const { host, spawn, system } = testSystem();
    const ref = spawn();
    const { opened, open } = gate();
    void ref.ask(() => opened);
    let ran = false;
    const late = ref
      .ask(() => {
        ran = true;
      })
      .within(100);
    await host.pass(99);
    expect(system.counters.expired).toBe(0);
    await host.pass(60);
    expect(await late).toMatchObject({ status: "notSent", reason: "expired" });
    open();
    await host.settle();
    expect(ran).toBe(false);
    expect(system.counters.expired).toBe(1);
  });

  test("that a handler is at when their time is up are unknown, and its signal is aborted", async () => {
    const { host, spawn } = testSystem();
    const { opened, open } = gate();
    const aborted: boolean[] = [];
    const reply = spawn()
      .ask(async ({ signal }) => {
        await opened;
        aborted.push(signal.aborted);
      })
      .within(100);
    await host.pass(200);
    expect(await reply).toMatchObject({ status: "unknown", reason: "timeout" });
    open();
    await host.settle();
    expect(aborted).toEqual([true]);
  });

  test("have five seconds where nobody says otherwise", async () => {
    const { host, spawn } = testSystem();
    const reply = spawn().ask(() => new Promise(() => {}));
    let outcome: unknown;
    void reply.then((known) => {
      outcome = known;
    });
    await host.pass(4_999);
    expect(outcome).toBeUndefined();
    await host.pass(51);
    expect(outcome).toMatchObject({ status: "unknown", reason: "timeout" });
  });

  test("never expire early, however late the clock is looked at", async () => {
    const { host, spawn } = testSystem();
    const ref = spawn();
    void ref.ask(() => 1).within(100);
    host.stall(1_000);
    const reply = ref
      .ask(() => new Promise((resolve) => host.setTimer(90, () => resolve("in time"))))
      .within(100);
    await host.pass(90);
    expect(await reply).toEqual({ status: "ok", value: "in time" });
  });

  test("end no later than the message that asks", async () => {
    const { host, spawn } = testSystem();
    const slow = spawn();
    const inner: unknown[] = [];
    const reply = spawn()
      .ask(async () => {
        inner.push(await slow.ask(() => new Promise(() => {})).within(60_000));
      })
      .within(100);
    await host.pass(150);
    expect(await reply).toMatchObject({ status: "unknown" });
    expect(inner).toMatchObject([{ status: "unknown", reason: "timeout" }]);
  });

  test("are given up when the caller's signal is aborted", async () => {
    const { host, spawn } = testSystem();
    const ref = spawn();
    const controller = new AbortController();
    const begun = ref.ask(() => new Promise(() => {})).withSignal(controller.signal);
    const waiting = ref.ask(() => 1).withSignal(controller.signal);
    await host.settle();
    controller.abort();
    expect(await begun).toMatchObject({ status: "unknown" });
    expect(await waiting).toMatchObject({ status: "notSent", reason: "expired" });
    expect(await ref.ask(() => 1).withSignal(controller.signal)).toMatchObject({ status: "notSent" });
  });

  test("that may be repeated are repeated while another outcome is possible", async () => {
    const { host, spawn } = testSystem();
    const ref = spawn();
    let attempts = 0;
    const reply = ref
      .again(() => (++attempts < 3 ? new Promise(() => {}) : "third"))
      .within(50)
      .retry({ delayMs: 10 });
    // A handler that never ends lets nothing else in: only a reentrant one is asked again.
    await host.pass(400);
    expect(await reply).toMatchObject({ status: "notSent", reason: "expired" });
    expect(attempts).toBe(1);
  });

  test("of a reentrant actor reach another handler when they are repeated", async () => {
    const { host, system } = testSystem();
    const ref = system.spawn(ReentrantActor, []);
    let attempts = 0;
    const reply = ref
      .again(() => (++attempts < 3 ? new Promise(() => {}) : "third"))
      .within(50)
      .retry({ delayMs: 10 });
    await host.pass(500);
    expect(await reply).toEqual({ status: "ok", value: "third" });
    const failing = ref.again(() => {
      throw new Error("once");
    });
    expect(await failing.retry()).toMatchObject({ status: "failed" });
  });

  test("leave no timer behind", async () => {
    const { host, spawn } = testSystem();
    await spawn().ask(() => 1);
    expect(host.timers).toBe(1);
    await host.pass(100);
    expect(host.timers).toBe(0);
  });
});

describe("circles of asks", () => {
  test("fail at once, with the way that they take", async () => {
    const { spawn } = testSystem();
    const [a, b, c] = [spawn(), spawn(), spawn()];
    const outcome = await a.ask(async () => b.ask(async () => c.ask(async () => a.ask(() => 1))));
    const [inC] = [outcome].map((of) => (of.status === "ok" ? of.value : of));
    expect(JSON.stringify(inC)).toContain(
      "The answer would have to wait for itself: test/Probe#3 -> test/Probe#1 -> test/Probe#2 -> test/Probe#3.",
    );
  });

  test("are found also where they were not one chain of calls", async () => {
    const { host, spawn } = testSystem();
    const [a, b] = [spawn(), spawn()];
    const { opened, open } = gate();
    const fromA = a.ask(async () => {
      await opened;
      return 0;
    });
    const first = a.ask(async () => (await b.ask(() => 1)).status);
    const second = b.ask(async () => (await a.ask(() => 2)).status);
    await host.settle();
    open();
    await host.settle();
    expect((await fromA).status).toBe("ok");
    const statuses = [await first, await second].map((of) => (of.status === "ok" ? of.value : of.status));
    expect(statuses.sort()).toEqual(["ok", "rejected"]);
  });

  test("of one actor with itself are found, and asking oneself without waiting is none", async () => {
    const { spawn } = testSystem();
    const ref = spawn();
    expect(await ref.ask(async ({ self }) => (await self.ask(() => 1)).status)).toEqual({
      status: "ok",
      value: "rejected",
    });
    const later: unknown[] = [];
    await ref.ask(({ self }) => {
      void self.ask(() => 2).then((outcome) => later.push(outcome));
    });
    await ref.ask(() => 3);
    expect(later).toEqual([{ status: "ok", value: 2 }]);
  });

  test("are found behind an answer that a handler has waited for", async () => {
    const { spawn } = testSystem();
    const [a, b] = [spawn(), spawn()];
    const outcome = await a.ask(async () => {
      await b.ask(() => 1);
      await b.ask(() => 2).orThrow();
      return b.ask(async () => (await a.ask(() => 3)).status);
    });
    expect(outcome).toEqual({ status: "ok", value: { status: "ok", value: "rejected" } });
  });

  test("are none where the actor is reentrant", async () => {
    const { system } = testSystem();
    const a = system.spawn(ReentrantActor, []);
    const b = system.spawn(ReentrantActor, []);
    const outcome = await a.ask(async () => (await b.ask(async () => (await a.ask(() => 1)).status)).status);
    expect(outcome).toEqual({ status: "ok", value: "ok" });
  });
});

describe("a full mailbox", () => {
  test("has senders wait, in order, and loses nothing of theirs", async () => {
    const { host, spawn, system } = testSystem();
    const { opened, open } = gate();
    const ref = spawn({}, 4);
    void ref.ask(() => opened);
    await host.settle();
    const seen: number[] = [];
    const produce = async (): Promise<void> => {
      for (let i = 0; i < 50; i++) {
        const told = ref.tell(() => void seen.push(i));
        if (told !== accepted) await (told as Exclude<Told, typeof accepted>).ready();
      }
    };
    const producing = produce();
    await host.settle();
    expect(seen).toEqual([]);
    open();
    await producing;
    await host.settle();
    expect(seen).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(system.counters).toMatchObject({ notSent: 0, dropped: 0, deadLetters: 0 });
  });

  test("counts what is told by senders who do not wait", async () => {
    const { host, spawn, system } = testSystem();
    const ref = spawn({}, 4);
    let handled = 0;
    const tolds = Array.from({ length: 10 }, () => ref.tell(() => void handled++));
    expect(tolds.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 4 }, () => "accepted"),
      ...Array.from({ length: 6 }, () => "waiting"),
    ]);
    await host.settle();
    expect([handled, system.counters.notSent]).toEqual([4, 6]);
  });

  test("refuses under reject, and says when there is room", async () => {
    const { host, spawn, system } = testSystem();
    const ref = spawn({}, 2);
    let handled = 0;
    const add = (): void => void handled++;
    const told = [ref.reject(add), ref.reject(add), ref.reject(add)][2]!;
    expect(told.status).toBe("notSent");
    expect(await ref.askReject(add)).toMatchObject({ status: "rejected", reason: "mailboxFull" });
    if (told.status !== "accepted") await told.ready();
    expect(ref.reject(add)).toBe(accepted);
    await host.settle();
    expect([handled, system.counters.notSent]).toEqual([3, 1]);
  });

  test("drops its oldest message under dropOldest, and counts it", async () => {
    const { host, spawn, system } = testSystem();
    const ref = spawn({}, 3);
    const seen: number[] = [];
    const oldest = ref.ask(() => seen.push(0));
    for (let i = 1; i < 6; i++) expect(ref.newest(() => void seen.push(i))).toBe(accepted);
    expect(await oldest).toMatchObject({ status: "rejected", reason: "mailboxFull" });
    await host.settle();
    expect(seen).toEqual([3, 4, 5]);
    expect(system.counters.dropped).toBe(3);
  });

  test("lets asks wait until their time is up", async () => {
    const { host, spawn } = testSystem();
    const { opened, open } = gate();
    const ref = spawn({}, 1);
    void ref.ask(() => opened);
    await host.settle();
    const inside = ref.ask(() => "inside");
    const waits = ref.ask(() => "waits");
    const late = ref.ask(() => "late").within(50);
    await host.pass(200);
    expect(await late).toMatchObject({ status: "notSent", reason: "expired" });
    open();
    expect([await inside, await waits]).toMatchObject([{ value: "inside" }, { value: "waits" }]);
  });
});

test("a definition that is bound starts by itself, and another is an error", () => {
  const { system } = testSystem({ actors: [] });
  expect(() => system.spawn(ProbeActor, [])).toThrow("test/Probe is bound to no class here");
  expect(system.spawn(ProbeActor.from(Probe), [])).toBeDefined();
});
