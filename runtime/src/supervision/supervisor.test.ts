import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { ChildEnd, ChildSpec, Restart, Strategy, SupervisorSpec } from "./child-spec.ts";
import { type Effect, type Event, newSupervisor, type Supervisor, step, wakeAtMs } from "./supervisor.ts";

const ends = {
  normal: { reason: "exited" },
  shutdown: { reason: "shutdown" },
  abnormal: { reason: "crashed", error: { name: "Error", message: "boom" } },
} as const satisfies Record<string, ChildEnd>;

type Told = Event<ChildSpec> extends infer E ? (E extends unknown ? Omit<E, "nowMs"> : never) : never;

/** Children that start and stop as they are told, unless a test says otherwise. */
class Nursery {
  nowMs = 0;
  /** What the supervisor did, in short: `+a1` started, `-a1` stopped. */
  log: string[] = [];
  /** Names whose starts fail, or whose starts and stops take until the test goes on. */
  readonly failing = new Set<string>();
  readonly slow = new Set<string>();
  readonly supervisor: Supervisor;
  readonly up = new Map<string, number>();

  constructor(spec: SupervisorSpec, children: readonly ChildSpec[]) {
    this.supervisor = newSupervisor(spec, children, () => 1);
    this.tell({ kind: "begun" });
  }

  tell(told: Told): void {
    for (const effect of step(this.supervisor, { ...told, nowMs: this.nowMs } as Event<ChildSpec>))
      this.obey(effect);
  }

  end(name: string, end: ChildEnd): void {
    this.endAll([name], end);
  }

  endAll(names: readonly string[], end: ChildEnd): void {
    const fallen = names.map((name) => ({ name, generation: this.up.get(name) ?? -1, end }));
    for (const name of names) this.up.delete(name);
    this.tell({ kind: "ended", ends: fallen });
  }

  /** What was held up comes to its end. */
  goOn(name: string): void {
    const child = this.supervisor.children.find(({ spec }) => spec.name === name);
    if (child?.status === "starting") this.started(name, child.generation);
    else if (child?.status === "stopping") this.stopped(name, child.generation);
  }

  pass(ms: number): void {
    this.nowMs += ms;
    this.tell({ kind: "woke" });
  }

  /** What was done since somebody asked last. */
  get said(): string {
    const said = this.log.join(" ");
    this.log = [];
    return said;
  }

  obey(effect: Effect<ChildSpec>): void {
    if (effect.kind === "start" || effect.kind === "stop" || effect.kind === "abandon") {
      const { name } = effect.child.spec;
      const sign = { start: "+", stop: "-", abandon: "?" }[effect.kind];
      this.log.push(`${sign}${name}${effect.generation}`);
      if (effect.kind === "abandon") this.up.delete(name);
      else if (this.slow.has(name)) return;
      else if (effect.kind === "stop") this.stopped(name, effect.generation);
      else if (this.failing.has(name))
        this.tell({ kind: "startFailed", name, generation: effect.generation, end: ends.abnormal });
      else this.started(name, effect.generation);
    } else if (effect.kind === "failed")
      this.log.push(`failed: ${effect.failure.reason} ${effect.failure.child}`);
    else if (effect.kind === "restarting")
      this.log.push(`restarting ${effect.names.join()} after ${effect.afterMs}`);
    else this.log.push(effect.kind);
  }

  private started(name: string, generation: number): void {
    this.up.set(name, generation);
    this.tell({ kind: "started", name, generation });
  }

  private stopped(name: string, generation: number): void {
    this.up.delete(name);
    this.tell({ kind: "ended", ends: [{ name, generation, end: ends.shutdown }] });
  }
}

function three(spec: SupervisorSpec, restart: Restart = "permanent"): Nursery {
  const children = ["a", "b", "c"].map((name) => ({ name, restart }));
  const nursery = new Nursery(spec, children);
  expect(nursery.said).toBe("+a1 +b1 +c1 ready");
  return nursery;
}

// The grid of OTP's supervisor_SUITE: which child is started again after which end, and with whom.
describe.each<[Strategy, string]>([
  ["oneForOne", "restarting b after 0 +b2"],
  ["oneForAll", "restarting a,b,c after 0 -c1 -a1 +a2 +b2 +c2"],
  ["restForOne", "restarting b,c after 0 -c1 +b2 +c2"],
])("with %s", (strategy, whole) => {
  test.each<[Restart, keyof typeof ends, boolean]>([
    ["permanent", "normal", true],
    ["permanent", "shutdown", true],
    ["permanent", "abnormal", true],
    ["transient", "normal", false],
    ["transient", "shutdown", false],
    ["transient", "abnormal", true],
    ["temporary", "normal", false],
    ["temporary", "shutdown", false],
    ["temporary", "abnormal", false],
  ])("a %s child that ended %s: started again %s", (restart, how, isRestarted) => {
    const nursery = three({ strategy }, restart);
    nursery.end("b", ends[how]);
    expect(nursery.said).toBe(isRestarted ? whole : "");
    const names = nursery.supervisor.children.map(({ spec }) => spec.name);
    expect(names).toEqual(restart === "temporary" ? ["a", "c"] : ["a", "b", "c"]);
  });

  test("every child that is started again says because of whom, why and when", () => {
    const nursery = three({ strategy, intensity: 2 });
    nursery.pass(500);
    nursery.end("b", ends.abnormal);
    const cause = { because: "b", end: ends.abnormal, atMs: 500 };
    const restarted = { oneForOne: ["b"], oneForAll: ["a", "b", "c"], restForOne: ["b", "c"] }[strategy];
    for (const { spec, lastRestart } of nursery.supervisor.children)
      expect(lastRestart).toEqual(restarted.includes(spec.name) ? cause : undefined);
    nursery.pass(500);
    nursery.end("c", ends.normal);
    expect(nursery.supervisor.children[2]?.lastRestart).toEqual({
      because: "c",
      end: ends.normal,
      atMs: 1000,
    });
  });

  test("temporary siblings are stopped with the others, and not started again", () => {
    const nursery = new Nursery({ strategy }, [
      { name: "a" },
      { name: "b" },
      { name: "t", restart: "temporary" },
    ]);
    nursery.log = [];
    nursery.end("b", ends.abnormal);
    expect(nursery.said).toBe(
      {
        oneForOne: "restarting b after 0 +b2",
        oneForAll: "restarting a,b after 0 -t1 -a1 +a2 +b2",
        restForOne: "restarting b after 0 -t1 +b2",
      }[strategy],
    );
  });

  test("too many restarts end all children, the last first, and the supervisor", () => {
    const nursery = three({ strategy, intensity: 0 });
    nursery.end("b", ends.abnormal);
    expect(nursery.said).toBe("-c1 -a1 failed: tooManyRestarts b");
    expect(nursery.supervisor.phase).toBe("over");
  });

  test("nothing is to be woken for while children wait for the start of the one before them", () => {
    const nursery = three({ strategy, intensity: 2 });
    const begun = newSupervisor({ strategy }, [{ name: "a" }, { name: "b" }], () => 1);
    step(begun, { kind: "begun", nowMs: 5 });
    expect(begun.children.map(({ status }) => status)).toEqual(["starting", "down"]);
    expect(wakeAtMs(begun)).toBe(Infinity);
    nursery.slow.add("a").add("b");
    nursery.end("b", ends.abnormal);
    // Those of a sibling that is being stopped: until when it is awaited.
    expect(wakeAtMs(nursery.supervisor)).toBe(strategy === "oneForAll" ? 5000 : Infinity);
  });

  test("a shutdown ends all children, the last first, one after the other", () => {
    const nursery = three({ strategy });
    for (const name of ["a", "b", "c"]) nursery.slow.add(name);
    nursery.tell({ kind: "shutdownRequested" });
    expect(nursery.said).toBe("-c1");
    nursery.end("a", ends.abnormal);
    expect(nursery.said).toBe("");
    nursery.goOn("c");
    expect(nursery.said).toBe("-b1");
    nursery.goOn("b");
    expect(nursery.said).toBe("stopped");
  });

  test("a restart in the middle of a shutdown is not begun, and one that is under way is ended", () => {
    const nursery = three({ strategy });
    nursery.slow.add("b");
    nursery.end("b", ends.abnormal);
    nursery.log = [];
    nursery.tell({ kind: "shutdownRequested" });
    nursery.goOn("b");
    const rest =
      strategy === "oneForOne"
        ? "-c1 -b2 -a1 stopped"
        : strategy === "oneForAll"
          ? "-b2 -a2 stopped"
          : "-b2 -a1 stopped";
    expect(nursery.said).toBe(rest);
  });

  test("one that does not end in its time is abandoned", () => {
    const nursery = new Nursery({ strategy }, [{ name: "a" }, { name: "b", shutdownMs: 700 }]);
    nursery.slow.add("b");
    nursery.log = [];
    nursery.tell({ kind: "shutdownRequested" });
    expect(wakeAtMs(nursery.supervisor)).toBe(700);
    nursery.pass(699);
    expect(nursery.said).toBe("-b1");
    nursery.pass(1);
    expect(nursery.said).toBe("?b1 -a1 stopped");
  });
});

describe("a start", () => {
  test.each<Strategy>(["oneForAll", "restForOne"])("waits for those before it, with %s", (strategy) => {
    const nursery = three({ strategy });
    nursery.slow.add("a");
    nursery.slow.add("b");
    nursery.end("a", ends.abnormal);
    for (const name of ["c", "b"]) nursery.goOn(name);
    expect(nursery.said).toBe("restarting a,b,c after 0 -c1 -b1 +a2");
    nursery.goOn("a");
    expect(nursery.said).toBe("+b2");
    nursery.goOn("b");
    expect(nursery.said).toBe("+c2");
  });

  test("waits for the time of those before it, too", () => {
    const nursery = three({ strategy: "restForOne", intensity: 9 });
    nursery.end("c", ends.abnormal);
    nursery.end("b", ends.abnormal);
    nursery.tell({ kind: "added", spec: { name: "d" } });
    expect(nursery.said).toBe("restarting c after 0 +c2 restarting b,c after 100 -c2");
    nursery.pass(100);
    expect(nursery.said).toBe("+b2 +c3 +d1");
  });

  test("that fails when the supervisor begins ends those before it and the supervisor", () => {
    const nursery = new Nursery({}, []);
    expect(nursery.said).toBe("ready");
    const failing = new Nursery({}, [{ name: "never" }]);
    expect(failing.said).toBe("+never1 ready");
    const supervisor = newSupervisor({}, [{ name: "a" }, { name: "b" }, { name: "c" }], () => 1);
    step(supervisor, { kind: "begun", nowMs: 0 });
    step(supervisor, { kind: "started", name: "a", generation: 1, nowMs: 0 });
    const said = step(supervisor, {
      kind: "startFailed",
      name: "b",
      generation: 1,
      end: ends.abnormal,
      nowMs: 0,
    });
    expect(said.map(({ kind }) => kind)).toEqual(["stop"]);
    const end = { name: "a", generation: 1, end: ends.shutdown };
    expect(step(supervisor, { kind: "ended", ends: [end], nowMs: 0 })).toEqual([
      { kind: "failed", failure: { reason: "startFailed", child: "b", end: ends.abnormal } },
    ]);
  });

  test("that its node has refused because it goes is no failure, and made again at once", () => {
    const begun = newSupervisor({ intensity: 0 }, [{ name: "a" }, { name: "b" }], () => 1);
    step(begun, { kind: "begun", nowMs: 0 });
    const gone = { name: "a", generation: 1, end: { reason: "nodeLeft" } } as const;
    const effects = step(begun, { kind: "ended", ends: [gone], nowMs: 0 });
    expect(effects).toMatchObject([
      { kind: "restarting", names: ["a"], because: gone, afterMs: 0 },
      { kind: "start", generation: 2 },
    ]);
    expect(begun.phase).toBe("starting");
  });

  test("is the same as failed where the child dies while it is starting", () => {
    const supervisor = newSupervisor({}, [{ name: "a" }], () => 1);
    step(supervisor, { kind: "begun", nowMs: 0 });
    const end = { name: "a", generation: 1, end: ends.normal };
    expect(step(supervisor, { kind: "ended", ends: [end], nowMs: 0 })).toMatchObject([
      { kind: "failed", failure: { reason: "startFailed", child: "a" } },
    ]);
  });

  test("that fails later is a restart like any other, after a longer wait each time, up to the intensity", () => {
    const nursery = three({ intensity: 4, backoffFirstMs: 100, backoffLongestMs: 150 });
    nursery.failing.add("b");
    nursery.end("b", ends.abnormal);
    expect(nursery.said).toBe("restarting b after 0 +b2 restarting b after 100");
    expect(wakeAtMs(nursery.supervisor)).toBe(100);
    nursery.pass(100);
    expect(nursery.said).toBe("+b3 restarting b after 150");
    nursery.pass(150);
    expect(nursery.said).toBe("+b4 restarting b after 150");
    nursery.pass(150);
    expect(nursery.said).toBe("+b5 -c1 -a1 failed: tooManyRestarts b");
  });

  test("of one child does not wait for another's, where they have nothing to do with each other", () => {
    const nursery = three({ intensity: 9 });
    nursery.slow.add("a");
    nursery.end("a", ends.abnormal);
    nursery.end("b", ends.abnormal);
    nursery.pass(5000);
    expect(nursery.said).toBe("restarting a after 0 +a2 restarting b after 100 +b2");
  });

  test("of a child that somebody no longer waits for counts for nothing", () => {
    const nursery = three({ intensity: 9 });
    nursery.tell({ kind: "started", name: "a", generation: 7 });
    nursery.tell({ kind: "ended", ends: [{ name: "a", generation: 0, end: ends.abnormal }] });
    expect(nursery.said).toBe("");
  });
});

describe("the intensity", () => {
  test("counts what the loss of a node takes as one restart", () => {
    const nursery = three({ intensity: 1 });
    nursery.endAll(["a", "b", "c"], { reason: "nodeDied" });
    expect(nursery.said).toBe("restarting a,b,c after 0 +a2 +b2 +c2");
  });

  test("forgets what is longer ago than its period", () => {
    const nursery = three({ intensity: 1, periodMs: 1000 });
    nursery.end("a", ends.abnormal);
    nursery.pass(1000);
    nursery.end("a", ends.abnormal);
    expect(nursery.said).toBe("restarting a after 0 +a2 restarting a after 0 +a3");
    nursery.pass(999);
    nursery.end("a", ends.abnormal);
    expect(nursery.said).toBe("-c1 -b1 failed: tooManyRestarts a");
  });
});

describe("children that come and go", () => {
  test("are started when they are added, and stopped when they are removed", () => {
    const nursery = three({ strategy: "oneForAll" });
    nursery.tell({ kind: "added", spec: { name: "d" } });
    nursery.tell({ kind: "removed", name: "b" });
    nursery.tell({ kind: "removed", name: "nobody" });
    expect(nursery.said).toBe("+d1 -b1");
    expect(nursery.supervisor.children.map(({ spec }) => spec.name)).toEqual(["a", "c", "d"]);
    expect(() => nursery.tell({ kind: "added", spec: { name: "a" } })).toThrow(
      "there is a child 'a' already",
    );
  });

  test("are not started again while they are being removed", () => {
    const nursery = three({ strategy: "oneForAll" });
    nursery.slow.add("b");
    nursery.tell({ kind: "removed", name: "b" });
    nursery.end("a", ends.abnormal);
    nursery.goOn("b");
    expect(nursery.said).toBe("-b1 restarting a,c after 0 -c1 +a2 +c2");
  });
});

const plans = fc.array(
  fc.oneof(
    fc.record({
      act: fc.constant("end" as const),
      which: fc.nat(3),
      how: fc.constantFrom(...Object.values(ends)),
    }),
    fc.record({
      act: fc.constantFrom("slow", "quick", "failing", "sound", "goOn", "remove", "add"),
      which: fc.nat(3),
    }),
    fc.record({ act: fc.constant("pass" as const), ms: fc.nat(3000) }),
  ),
  { maxLength: 50 },
);
const strategies = fc.constantFrom<Strategy>("oneForOne", "oneForAll", "restForOne");
const restarts = fc.array(fc.constantFrom<Restart>("permanent", "transient", "temporary"), {
  minLength: 4,
  maxLength: 4,
});

test("whatever happens, no child runs twice, nothing is awaited for ever, and a shutdown leaves nobody behind", () => {
  let ready = 0;
  fc.assert(
    fc.property(strategies, restarts, plans, (strategy, kinds, plan) => {
      const nursery = new Nursery(
        { strategy, intensity: 5 },
        kinds.map((restart, i) => ({ name: "abcd"[i]!, restart })),
      );
      const obey = nursery.obey.bind(nursery);
      nursery.obey = (effect) => {
        if (effect.kind === "start") expect(nursery.up.has(effect.child.spec.name)).toBe(false);
        obey(effect);
      };
      for (const step of plan) {
        if (step.act === "pass") nursery.pass(step.ms);
        else {
          const name = "abcd"[step.which]!;
          if (step.act === "end") {
            if (nursery.up.has(name)) nursery.end(name, step.how);
          } else if (step.act === "slow") nursery.slow.add(name);
          else if (step.act === "quick") nursery.slow.delete(name);
          else if (step.act === "failing") nursery.failing.add(name);
          else if (step.act === "sound") nursery.failing.delete(name);
          else if (step.act === "goOn") nursery.goOn(name);
          else if (step.act === "remove") nursery.tell({ kind: "removed", name });
          else if (!nursery.supervisor.children.some(({ spec }) => spec.name === name)) {
            nursery.tell({ kind: "added", spec: { name } });
          }
        }
      }
      nursery.slow.clear();
      nursery.failing.clear();
      for (const name of "abcd") nursery.goOn(name);
      nursery.pass(10_000);
      const { children, phase } = nursery.supervisor;
      if (phase === "running") {
        ready++;
        for (const { status, spec } of children) {
          if (spec.restart === undefined || spec.restart === "permanent") expect(status).toBe("up");
          else expect(["up", "down"]).toContain(status);
        }
      }
      nursery.tell({ kind: "shutdownRequested" });
      nursery.pass(10_000);
      expect(nursery.supervisor.phase).toBe("over");
      expect([...nursery.up.keys()]).toEqual([]);
      expect(wakeAtMs(nursery.supervisor)).toBe(Infinity);
    }),
    { numRuns: 500 },
  );
  expect(ready).toBeGreaterThan(50);
});
