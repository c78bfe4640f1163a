import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { DownReason } from "../actors/index.ts";
import type { Last } from "./system-messages.ts";
import { lastWaitMs, type WatchBody, Watches, watchesPerPeerMax } from "./watches.ts";

/** Actors that end on command. */
class Actors {
  readonly #watchers = new Map<number, Set<(down: DownReason) => void>>();

  start(actor: number): void {
    this.#watchers.set(actor, new Set());
  }

  end(actor: number, down: DownReason): void {
    const watchers = this.#watchers.get(actor);
    this.#watchers.delete(actor);
    for (const tell of watchers ?? []) tell(down);
  }

  watch(actor: number, tell: (down: DownReason) => void): (() => void) | undefined {
    const watchers = this.#watchers.get(actor);
    watchers?.add(tell);
    return watchers && (() => watchers.delete(tell));
  }

  watchersOf(actor: number): number {
    return this.#watchers.get(actor)?.size ?? 0;
  }
}

type Sent =
  | { readonly lane: "system"; readonly body: WatchBody }
  | { readonly lane: "user"; readonly last: Last };

/** One node's side; what it sends waits in `sent`. */
class Side {
  readonly actors = new Actors();
  readonly sent: Sent[] = [];
  readonly timers = new Set<() => void>();
  userLaneIsOpen = true;
  fenced = 0;
  readonly watches = new Watches(
    {
      submit: (body) => this.sent.push({ lane: "system", body }),
      sendLast: (last) => {
        if (this.userLaneIsOpen) this.sent.push({ lane: "user", last });
        return this.userLaneIsOpen;
      },
      setTimer: (afterMs, run) => {
        expect(afterMs).toBe(lastWaitMs);
        this.timers.add(run);
        return () => this.timers.delete(run);
      },
      fence: () => {
        this.fenced++;
      },
    },
    this.actors,
  );

  take(sent: Sent | undefined): void {
    if (sent?.lane === "system") this.watches.received(sent.body);
    else if (sent !== undefined) this.watches.lastReceived(sent.last);
  }
}

const exited: DownReason = { reason: "exited" };

function pair(): { near: Side; far: Side; told: DownReason[]; cancel: () => void } {
  const [near, far] = [new Side(), new Side()];
  far.actors.start(7);
  const told: DownReason[] = [];
  const cancel = near.watches.watch(7, 3, (down) => told.push(down));
  far.take(near.sent.shift());
  return { near, far, told, cancel };
}

describe("a watch on an actor of another node", () => {
  test("is answered when the actor is gone, behind the last message that came from it", () => {
    const { near, far, told } = pair();
    far.actors.end(7, exited);
    expect(far.sent.map(({ lane }) => lane)).toEqual(["user", "system"]);
    near.take(far.sent[1]);
    expect(told).toEqual([]);
    near.take(far.sent[0]);
    expect(told).toEqual([exited]);
    expect(near.timers.size).toBe(0);
    expect([near.watches.size, far.watches.size]).toEqual([0, 0]);
  });

  test("is answered when the last message came first", () => {
    const { near, far, told } = pair();
    far.actors.end(7, exited);
    for (const sent of far.sent) near.take(sent);
    expect(told).toEqual([exited]);
  });

  test("does not wait for what was lost with its stream, or is late", () => {
    for (const way of ["broke", "late", "closed"]) {
      const { near, far, told } = pair();
      far.userLaneIsOpen = way !== "closed";
      far.actors.end(7, exited);
      near.take(far.sent.at(-1));
      if (way === "broke") near.watches.userLaneBroke();
      if (way === "late") for (const run of near.timers) run();
      expect(told).toEqual([exited]);
    }
  });

  test("says what the actor threw, cut to what a control lane takes", () => {
    const { near, far, told } = pair();
    far.userLaneIsOpen = false;
    far.actors.end(7, {
      reason: "crashed",
      error: { name: "E".repeat(500), message: "\ud800".repeat(5000) },
    });
    near.take(far.sent[0]);
    expect(told[0]?.error?.name).toBe(`${"E".repeat(99)}…`);
    expect(told[0]?.error?.message).toBe(`${"\ufffd".repeat(999)}…`);
  });

  test("is answered at once where there is no such actor", () => {
    const { near, far } = pair();
    const told: DownReason[] = [];
    near.watches.watch(8, 3, (down) => told.push(down));
    far.take(near.sent.shift());
    near.take(far.sent.shift());
    expect(told).toEqual([{ reason: "neverExisted" }]);
  });

  test("is answered with its node's end, once, and so is whoever asks later", () => {
    const { near, far, told } = pair();
    near.watches.end("nodeDied");
    near.watches.end("unreachable");
    near.watches.watch(9, 3, (down) => told.push(down));
    far.actors.end(7, exited);
    for (const sent of far.sent) near.take(sent);
    expect(told).toEqual([{ reason: "nodeDied" }, { reason: "nodeDied" }]);
  });

  test("is answered with unreachable as long as its node is, and works again afterwards", () => {
    const { near, far, told } = pair();
    near.watches.unreachable();
    near.watches.watch(7, 3, (down) => told.push(down));
    expect(told).toEqual([{ reason: "unreachable" }, { reason: "unreachable" }]);
    near.watches.reachable();
    near.watches.watch(7, 3, (down) => told.push(down));
    for (const sent of near.sent.splice(0)) far.take(sent);
    expect(far.actors.watchersOf(7)).toBe(1);
    far.actors.end(7, exited);
    for (const sent of far.sent) near.take(sent);
    expect(told).toHaveLength(3);
  });

  test("that is cancelled is never answered, and leaves nothing behind on either side", () => {
    const { near, far, told, cancel } = pair();
    cancel();
    cancel();
    for (const sent of near.sent.splice(0)) far.take(sent);
    expect(far.actors.watchersOf(7)).toBe(0);
    far.actors.end(7, exited);
    for (const sent of far.sent) near.take(sent);
    near.watches.end("nodeDied");
    expect(told).toEqual([]);
    expect([near.watches.size, far.watches.size]).toEqual([0, 0]);
  });

  test("is ended by its watcher's node, and its actor goes on", () => {
    const { far } = pair();
    expect(far.actors.watchersOf(7)).toBe(1);
    far.watches.end("nodeDied");
    expect(far.actors.watchersOf(7)).toBe(0);
  });

  test("with a number that is in use is a fault of the peer", () => {
    const { far } = pair();
    far.watches.received({ kind: "watch", watch: 1, actor: 7, watcher: 3 });
    expect(far.fenced).toBe(1);
  });
});

test("beyond their bound are a fault of the peer", () => {
  const side = new Side();
  side.actors.start(7);
  for (let watch = 1; watch <= watchesPerPeerMax; watch++) {
    side.watches.received({ kind: "watch", watch, actor: 7, watcher: 0 });
  }
  expect(side.fenced).toBe(0);
  side.watches.received({ kind: "watch", watch: watchesPerPeerMax + 1, actor: 7, watcher: 0 });
  expect([side.fenced, side.actors.watchersOf(7)]).toEqual([1, watchesPerPeerMax]);
});

const steps = fc.array(
  fc.record({
    act: fc.constantFrom("watch", "cancel", "end", "system", "user", "break", "timer", "away", "back"),
    which: fc.nat(3),
  }),
  { maxLength: 60 },
);

test("every watch is answered exactly once unless it is cancelled, in whatever order the lanes bring things", () => {
  fc.assert(
    fc.property(steps, (plan) => {
      const [near, far] = [new Side(), new Side()];
      for (let actor = 0; actor < 4; actor++) far.actors.start(actor);
      const watches: { answers: number; isCancelled: boolean; cancel: () => void }[] = [];
      const carry = (from: Side, to: Side, lane: Sent["lane"]): void => {
        const at = from.sent.findIndex((sent) => sent.lane === lane);
        if (at >= 0) to.take(from.sent.splice(at, 1)[0]);
      };
      for (const { act, which } of plan) {
        if (act === "watch") {
          const watch = { answers: 0, isCancelled: false, cancel: () => {} };
          watches.push(watch);
          watch.cancel = near.watches.watch(which, 1, () => {
            watch.answers++;
            expect(watch.isCancelled).toBe(false);
          });
        } else if (act === "cancel" && watches[which] !== undefined) {
          watches[which].isCancelled = true;
          watches[which].cancel();
        } else if (act === "end") far.actors.end(which, exited);
        else if (act === "system") {
          carry(near, far, "system");
          carry(far, near, "system");
        } else if (act === "user") carry(far, near, "user");
        else if (act === "break") {
          far.sent.splice(0, far.sent.length, ...far.sent.filter(({ lane }) => lane === "system"));
          near.watches.userLaneBroke();
        } else if (act === "timer") for (const run of [...near.timers]) run();
        else if (act === "away") near.watches.unreachable();
        else near.watches.reachable();
      }
      near.watches.end("nodeDied");
      for (const { answers, isCancelled } of watches) {
        if (isCancelled) expect(answers).toBeLessThanOrEqual(1);
        else expect(answers).toBe(1);
      }
      expect(near.watches.size).toBe(0);
      expect([near.fenced, far.fenced]).toEqual([0, 0]);
    }),
    { numRuns: 500 },
  );
});
