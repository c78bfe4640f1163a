// The leases of two nodes whose main loops are blocked: their threads, without sockets and in virtual time.
import { describe, expect, test } from "@jest/globals";
import { LeaseMemory, LocalWord, leaseTimes } from "../../supervision/index.ts";
import { ThreadLeases } from "./thread-leases.ts";

const times = leaseTimes.lan;
const { orphanAfterMs, restartAfterMs } = times;
const instance = 77n;
const target = "there";
const never = Number.NEGATIVE_INFINITY;

class Bench {
  nowMs = 10_000;
  /** When the loops ran last. */
  holderAtMs = 10_000;
  granterAtMs = 10_000;
  readonly said: string[] = [];
  /** Questions that are on their way, by what hands the answer over. */
  readonly onTheWay: (() => void)[] = [];
  asked = 0;
  isCut = false;
  readonly granter = new ThreadLeases<string>({
    look: () => ({ nowMs: this.nowMs, loopAtMs: this.granterAtMs }),
    ask: () => {
      throw new Error("asks nothing");
    },
    count: (what) => this.said.push(what),
    exit: () => this.said.push("the granter ends"),
  });
  readonly holder = new ThreadLeases<string>({
    look: () => ({ nowMs: this.nowMs, loopAtMs: this.holderAtMs }),
    ask: (_target, body, heard) => {
      this.asked++;
      this.onTheWay.push(() => heard(this.isCut ? undefined : this.granter.reply(body)));
    },
    count: (what) => this.said.push(what),
    exit: (afterMs) => this.said.push(`exit in ${afterMs}`),
  });
  readonly held = new LeaseMemory(new LocalWord(this.nowMs + orphanAfterMs));
  readonly granted = new LeaseMemory(new LocalWord(this.nowMs + restartAfterMs));
  children = 1;

  constructor(onLost: "stop" | "exit" = "stop", { grantedTerm = 1, hasPlace = true } = {}) {
    const both = { instance, times };
    this.holder.hold({
      ...both,
      memory: this.held,
      term: 1,
      children: () => this.children,
      peer: "granter",
      onLost,
    });
    this.granter.grant({ ...both, memory: this.granted, term: grantedTerm });
    if (hasPlace) this.holder.place("granter", target);
  }

  /** Time passes in which the loops named run. */
  pass(ms: number, ...running: readonly ("holder" | "granter")[]): void {
    for (const untilMs = this.nowMs + ms; this.nowMs < untilMs; this.nowMs += 50) {
      if (running.includes("holder")) this.holderAtMs = this.nowMs;
      if (running.includes("granter")) this.granterAtMs = this.nowMs;
      this.holder.check();
      this.deliver();
    }
  }

  deliver(): void {
    for (const run of this.onTheWay.splice(0)) run();
  }
}

describe("while the loop with the children is blocked", () => {
  test("the lease is renewed up to one lease from when the loop ran last, by one question, and then is over", () => {
    const bench = new Bench();
    // The loop has renewed at 10 s, and ran until 11 s.
    bench.pass(1000, "holder", "granter");
    expect(bench.said).toEqual([]);
    bench.pass(orphanAfterMs - 100, "granter");
    expect([bench.held.untilMs, bench.said, bench.asked]).toEqual([
      10_950 + orphanAfterMs,
      ["granted", "renewed"],
      1,
    ]);
    bench.pass(200, "granter");
    expect([bench.held.untilMs, bench.holder.isHolding]).toEqual([never, false]);
  });

  test("the end of what is granted is never before the end of what is held", () => {
    const bench = new Bench();
    bench.pass(900, "holder", "granter");
    bench.pass(orphanAfterMs, "granter");
    expect(bench.granted.untilMs).toBeGreaterThanOrEqual(10_850 + orphanAfterMs);
    expect(bench.granted.untilMs).toBeLessThanOrEqual(11_000 + restartAfterMs);
  });

  test("a question that nobody answers is asked again, and an answer that comes too late revives nothing", () => {
    const bench = new Bench();
    bench.holderAtMs = 10_900;
    bench.nowMs = 11_100;
    bench.holder.check();
    bench.isCut = true;
    bench.deliver();
    bench.isCut = false;
    bench.nowMs += times.renewMs / 2 - 1;
    bench.holder.check();
    expect(bench.asked).toBe(1);
    bench.nowMs += 1;
    bench.holder.check();
    bench.holder.check();
    expect(bench.asked).toBe(2);
    bench.nowMs = 10_000 + orphanAfterMs;
    bench.granterAtMs = bench.nowMs;
    bench.deliver();
    expect([bench.said, bench.held.untilMs]).toEqual([["granted"], never]);
  });

  test("nothing is granted of another term, of another node, and of what is over there", () => {
    for (const bench of [new Bench("stop", { grantedTerm: 2 }), new Bench("stop", { hasPlace: false })]) {
      bench.pass(1000, "granter", "holder");
      bench.pass(1000, "granter");
      expect(bench.said).toEqual([]);
    }
    const bench = new Bench();
    bench.granted.end();
    bench.pass(1000, "granter", "holder");
    bench.pass(1000, "granter");
    expect([bench.said, bench.asked > 0]).toEqual([[], true]);
  });
});

test("while the loop of the supervisors is blocked, their thread renews up to one lease from when that ran last", () => {
  const bench = new Bench();
  bench.pass(1000, "holder", "granter");
  // The holder's loop runs, and nobody answers its own requests.
  bench.pass(orphanAfterMs - 100, "holder");
  expect(bench.held.untilMs).toBeGreaterThan(bench.nowMs);
  expect(bench.held.untilMs).toBeLessThanOrEqual(10_950 + orphanAfterMs);
  bench.pass(200, "holder");
  expect(bench.held.untilMs).toBe(never);
});

describe("a lease that runs out", () => {
  test("ends the process where that was wanted and children run, at once where the loop is blocked", () => {
    const blocked = new Bench("exit", { hasPlace: false });
    blocked.pass(orphanAfterMs + 50);
    expect(blocked.said).toEqual(["exit in 0"]);
    const running = new Bench("exit", { hasPlace: false });
    running.pass(orphanAfterMs + 50, "holder");
    expect(running.said).toEqual(["exit in 100"]);
  });

  test("ends no process where no children run, where that is not wanted, or where the loop was first", () => {
    const [none, stop, first] = [new Bench("exit"), new Bench("stop"), new Bench("exit")];
    none.children = 0;
    first.held.expire(first.nowMs + orphanAfterMs);
    for (const bench of [none, stop, first]) {
      bench.granted.end();
      bench.pass(2 * orphanAfterMs);
      expect([bench.said, bench.holder.isHolding]).toEqual([[], false]);
    }
  });
});
