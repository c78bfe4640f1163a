// How actors begin and end, and who is told. docs/semantics.md names these tests.
import { describe, expect, test } from "@jest/globals";
import { addressOf, sameActor } from "./index.ts";
import { gate, ProbeActor, type ProbeRef, testSystem } from "./probes.testing.ts";

describe("starting", () => {
  test("runs the constructor at once, and throws what it throws", () => {
    const { system, reports } = testSystem();
    const construct = (): void => {
      throw new Error("no config");
    };
    expect(() => system.spawn(ProbeActor, [{ construct }])).toThrow("no config");
    expect(reports).toEqual([]);
  });

  test("runs [started] before the first message, also where it waits", async () => {
    const { host, spawn } = testSystem();
    const { opened, open } = gate();
    const seen: string[] = [];
    const ref = spawn({
      construct: ({ self }) => void self.tell(() => void seen.push("from the constructor")),
      started: async () => {
        await opened;
        seen.push("started");
      },
    });
    ref.tell(() => void seen.push("message"));
    await host.settle();
    expect(seen).toEqual([]);
    open();
    await host.settle();
    expect(seen).toEqual(["started", "from the constructor", "message"]);
  });

  test("gives every actor an id of its own, and its handle is known by it", () => {
    const { system, spawn } = testSystem();
    const [a, b] = [spawn(), spawn()];
    expect(addressOf(a)).toEqual({ id: 1, actor: "test/Probe" });
    expect(addressOf(b).id).toBe(2);
    expect(sameActor(a, system.refOf(system.find(1)!))).toBe(true);
    expect(sameActor(a, b)).toBe(false);
  });

  test("ends the children of an actor whose constructor throws", async () => {
    const { host, system } = testSystem();
    const construct = (
      context: Parameters<NonNullable<import("./probes.testing.ts").Plan["construct"]>>[0],
    ): void => {
      context.spawn(ProbeActor, []);
      throw new Error("late");
    };
    expect(() => system.spawn(ProbeActor, [{ construct }])).toThrow("late");
    await host.settle();
    expect(system.counters.actors).toBe(0);
  });
});

describe("stopping", () => {
  test("lets the message at hand end, and nothing after it", async () => {
    const { host, spawn, system } = testSystem();
    const { opened, open } = gate();
    const seen: string[] = [];
    const ref = spawn({ stopping: ({ reason }) => void seen.push(`stopping: ${reason}`) });
    const begun = ref.ask(async () => {
      await opened;
      seen.push("ended");
      return 1;
    });
    ref.tell(() => void seen.push("never"));
    const waiting = ref.ask(() => "never");
    await host.settle();
    const stopped = system.stop(ref);
    await host.settle();
    expect(await waiting).toMatchObject({ status: "rejected", reason: "stopped" });
    open();
    await stopped;
    expect(await begun).toEqual({ status: "ok", value: 1 });
    expect(seen).toEqual(["ended", "stopping: stopped"]);
    expect(system.counters.deadLetters).toBe(2);
  });

  test("makes dead letters of what comes later, counted and reported", async () => {
    const { host, spawn, system, reports } = testSystem();
    const ref = spawn();
    await system.stop(ref);
    expect(ref.tell(() => {}).status).toBe("accepted");
    expect(await ref.ask(() => 1)).toMatchObject({ status: "rejected", reason: "noSuchActor" });
    await host.settle();
    expect(system.counters.deadLetters).toBe(2);
    expect(reports.map(({ event, method }) => [event, method])).toEqual([
      ["deadLetter", "tell"],
      ["deadLetter", "ask"],
    ]);
  });

  test("ends children before their parent, the youngest first, each when all below it have ended", async () => {
    const { host, spawn, system } = testSystem();
    const ended: string[] = [];
    const plan = (name: string) => ({ stopping: () => void ended.push(name) });
    const root = spawn(plan("root"));
    await root.ask(async (context) => {
      const a = context.spawn(ProbeActor, [plan("a")]);
      context.spawn(ProbeActor, [plan("b")]);
      await a.ask((inner) => void inner.spawn(ProbeActor, [plan("a1")]));
    });
    await system.stop(root);
    await host.settle();
    expect(ended).toEqual(["b", "a1", "a", "root"]);
    expect(system.counters.actors).toBe(0);
  });

  test("waits for [stopping], and no longer than five seconds for it or for a handler", async () => {
    const { host, spawn, system, reports } = testSystem();
    const never = (): Promise<void> => new Promise(() => {});
    const hanging = spawn({ stopping: never });
    const busy = spawn();
    const asked = busy.ask(never).within(60_000);
    await host.settle();
    let ended = 0;
    void system.stop(hanging).then(() => ended++);
    void system.stop(busy).then(() => ended++);
    await host.pass(4_999);
    expect(ended).toBe(0);
    await host.pass(2);
    expect(ended).toBe(2);
    expect(await asked).toMatchObject({ status: "unknown", reason: "timeout" });
    expect(reports.map(({ event }) => event)).toEqual(["abandoned", "abandoned"]);
  });

  test("aborts the signal of the message at hand", async () => {
    const { spawn, system } = testSystem();
    const ref = spawn();
    const reply = ref.ask(
      ({ signal }) => new Promise((resolve) => signal.addEventListener("abort", () => resolve("told"))),
    );
    await Promise.resolve();
    await system.stop(ref);
    expect(await reply).toEqual({ status: "ok", value: "told" });
  });

  test("by oneself ends after the message at hand", async () => {
    const { host, spawn } = testSystem();
    const ref = spawn();
    const seen: string[] = [];
    ref.tell((context) => {
      context.stop();
      seen.push("to its end");
    });
    ref.tell(() => void seen.push("never"));
    await host.settle();
    expect(seen).toEqual(["to its end"]);
  });

  test("ends all actors of a system, and leaves no timer", async () => {
    const { host, spawn, system } = testSystem();
    const refs = [spawn(), spawn()];
    await refs[0]!.ask((context) => void context.setRepeating(100, () => {}));
    void refs[1]!.ask(() => new Promise(() => {}));
    await host.settle();
    const all = system.stopAll();
    await host.pass(5_000);
    await all;
    expect(system.counters.actors).toBe(0);
    expect(host.timers).toBe(0);
  });
});

describe("a handler that throws", () => {
  test("crashes its actor: the caller is told, children end, the rest is dead letters", async () => {
    const { host, spawn, system, reports } = testSystem();
    const ended: string[] = [];
    const ref = spawn({ stopping: (reason) => void ended.push(reason.reason) });
    await ref.ask(
      (context) => void context.spawn(ProbeActor, [{ stopping: ({ reason }) => void ended.push(reason) }]),
    );
    const failing = ref.ask(() => {
      throw new TypeError("bug");
    });
    const behind = ref.ask(() => 1);
    expect(await failing).toEqual({ status: "failed", error: { name: "TypeError", message: "bug" } });
    expect(await behind).toMatchObject({ status: "rejected", reason: "stopped" });
    await host.settle();
    expect(ended).toEqual(["parentStopped", "crashed"]);
    expect(system.counters).toMatchObject({ actors: 0, crashed: 1, deadLetters: 1 });
    expect(reports[0]).toMatchObject({ event: "crashed", error: { message: "bug" } });
  });

  test("does so also in a tell, behind an await, in a timer and in [started]", async () => {
    const { host, spawn, system } = testSystem();
    const boom = (): never => {
      throw new Error("boom");
    };
    spawn().tell(boom);
    void spawn().ask(async () => {
      await Promise.resolve();
      boom();
    });
    void spawn().ask((context) => void context.setTimer(10, boom));
    spawn({ started: boom });
    await host.pass(20);
    expect(system.counters).toMatchObject({ started: 4, crashed: 4, actors: 0 });
  });

  test("crashes nobody else: its parent goes on and decides", async () => {
    const { host, spawn, system } = testSystem();
    const downs: unknown[] = [];
    const parent = spawn({
      signalled: (signal) => void downs.push([signal.signal, signal.reason, signal.error?.message]),
    });
    let child: ProbeRef | undefined;
    await parent.ask((context) => {
      child = context.spawn(ProbeActor, []);
      context.watch(child);
    });
    child!.tell(() => {
      throw new Error("boom");
    });
    await host.settle();
    expect(downs).toEqual([["down", "crashed", "boom"]]);
    expect(system.counters.actors).toBe(1);
  });

  test("says nothing that can throw again", async () => {
    const { spawn } = testSystem();
    const hostile = {
      get message(): never {
        throw new Error();
      },
      toString(): never {
        throw new Error();
      },
    };
    const outcome = await spawn().ask(() => {
      throw hostile;
    });
    expect(outcome).toEqual({ status: "failed", error: { name: "unknown", message: "" } });
  });
});

describe("watching", () => {
  test("signals exactly once, behind the last message of the one that is gone", async () => {
    const { host, spawn, system } = testSystem();
    const seen: string[] = [];
    const watcher = spawn({ signalled: (signal) => void seen.push(signal.reason) });
    const target = spawn();
    await watcher.ask((context) => {
      context.watch(target);
      context.watch(target);
    });
    target.tell((context) => {
      watcher.tell(() => void seen.push("before the end"));
      context.stop();
      watcher.tell(() => void seen.push("last"));
    });
    await host.settle();
    await system.stop(target);
    await host.settle();
    expect(seen).toEqual(["before the end", "last", "exited"]);
  });

  test("signals behind a message that waits for room", async () => {
    const { host, spawn, system } = testSystem();
    const seen: string[] = [];
    const watcher = system.spawn(ProbeActor, [{ signalled: (signal) => void seen.push(signal.reason) }], {
      mailboxMessages: 1,
    });
    const target = spawn();
    const { opened, open } = gate();
    void watcher.ask(async (context) => {
      context.watch(target);
      await opened;
    });
    await host.settle();
    target.tell(() => {
      for (const text of ["a", "b", "c"]) {
        const told = watcher.tell(() => void seen.push(text));
        if (told.status !== "accepted") void told.ready();
      }
    });
    await host.settle();
    await system.stop(target);
    open();
    await host.settle();
    expect(seen).toEqual(["a", "b", "c", "exited"]);
  });

  test("of one that is gone already signals too", async () => {
    const { host, spawn, system } = testSystem();
    const seen: string[] = [];
    const target = spawn();
    await system.stop(target);
    const watcher = spawn({ signalled: (signal) => void seen.push(signal.reason) });
    watcher.tell((context) => context.watch(target));
    await host.settle();
    expect(seen).toEqual(["exited"]);
  });

  test("says nothing more once it is ended, not even what waits already", async () => {
    const { host, spawn, system } = testSystem();
    const seen: string[] = [];
    const watcher = spawn({ signalled: (signal) => void seen.push(signal.reason) });
    const target = spawn();
    await watcher.ask((context) => context.watch(target));
    const { opened, open } = gate();
    void watcher.ask(async (context) => {
      await opened;
      context.unwatch(target);
    });
    await host.settle();
    await system.stop(target);
    open();
    await host.settle();
    expect(seen).toEqual([]);
  });

  test("needs a method to be signalled by", async () => {
    const { system } = testSystem();
    const { CounterActor, Counter } = await import("./sample-actors.testing.ts");
    const counter = system.spawn(CounterActor.from(Counter), ["a"]);
    const { context } = system.find(addressOf(counter).id)!.actor as InstanceType<typeof Counter>;
    expect(() => context.watch(counter)).toThrow("test/Counter#1 has no method [signalled]");
  });

  test("from outside of actors is told once as well", async () => {
    const { host, spawn, system } = testSystem();
    const told: unknown[] = [];
    const ref = spawn();
    system.watch(ref, (down) => told.push(down));
    const end = system.watch(ref, (down) => told.push(down));
    end();
    await system.stop(ref);
    await host.settle();
    expect(told).toEqual([{ reason: "exited" }]);
  });
});

describe("timers", () => {
  test("run between two messages, and not after they were cancelled or their actor ended", async () => {
    const { host, spawn, system } = testSystem();
    const seen: string[] = [];
    const ref = spawn();
    const { opened, open } = gate();
    await ref.ask((context) => {
      context.setTimer(10, () => void seen.push("once"));
      context.setTimer(10, () => void seen.push("never"))();
      context.setRepeating(20, () => void seen.push("again"));
    });
    await host.pass(65);
    expect(seen).toEqual(["once", "again", "again", "again"]);
    void ref.ask(() => opened);
    await host.pass(100);
    expect(seen).toHaveLength(4);
    open();
    await host.settle();
    expect(seen).toHaveLength(5);
    await system.stop(ref);
    await host.pass(100);
    expect(seen).toHaveLength(5);
    expect(host.timers).toBe(0);
  });
});
