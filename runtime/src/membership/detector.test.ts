import { describe, expect, test } from "@jest/globals";
import type { Effect } from "./event.ts";
import { claimOf, idOf, LoneNode, sentTo } from "./lone-node.testing.ts";
import type { MembershipMessage } from "./messages.ts";
import { whyOf } from "./view.ts";

const [peer, helper, other] = [idOf(1), idOf(2), idOf(3)];

function withPeers(...ids: readonly ReturnType<typeof idOf>[]): LoneNode {
  const node = new LoneNode();
  for (const id of ids) node.gossip(id);
  return node;
}

/** Until the node probes: what it sends then. */
function untilProbe(node: LoneNode): MembershipMessage & { kind: "probe" } {
  for (let tries = 0; tries < 200; tries++) {
    for (const effect of node.pass(10)) {
      if (effect.kind === "send" && effect.message.kind === "probe" && effect.to.port === peer.port) {
        return effect.message;
      }
    }
  }
  throw new Error("never probed");
}

describe("the failure detector", () => {
  test("suspects who does not answer, and says unreachable when the suspicion has run out, never dead", () => {
    const node = withPeers(peer);
    untilProbe(node);
    node.pass(1_000);
    expect(node.statusOf(peer)).toBe("suspect");
    node.pass(60_000);
    expect(node.statusOf(peer)).toBe("unreachable");
    const trail = whyOf(node.state, peer);
    expect(trail.map(({ status, evidence }) => [status, evidence])).toEqual([
      ["alive", "joined"],
      ["suspect", "probeFailed"],
      ["unreachable", "suspicionExpired"],
    ]);
    expect(trail[1]!.accusers).toEqual([idOf(0)]);
  });

  test("keeps in the trail who confirmed a suspicion, and from whom it was heard", () => {
    const node = withPeers(peer, helper, other);
    while (node.statusOf(peer) !== "suspect") {
      node.pass(50);
      for (const one of [helper, other]) node.after(0, { kind: "heard", from: one });
    }
    const suspect = (accuser: ReturnType<typeof idOf>) =>
      claimOf(peer, { status: "suspect", accusers: [accuser, idOf(77)] });
    node.gossip(helper, suspect(other), suspect(other));
    expect(whyOf(node.state, peer).map(({ status, accusers, from }) => [status, accusers, from])).toEqual([
      ["alive", [], peer],
      ["suspect", [idOf(0)], undefined],
      ["suspect", [other], helper],
    ]);
  });

  test("asks others before it accuses, and believes them", () => {
    const node = withPeers(peer, helper);
    const { number } = untilProbe(node);
    const asked = sentTo(node.pass(210), helper).find(({ kind }) => kind === "probeRequest");
    expect(asked).toMatchObject({ number, target: peer });
    node.receive(helper, { kind: "ack", number, updates: [] });
    node.pass(280);
    expect(node.statusOf(peer)).toBe("alive");
    expect(node.state.counters.indirectlySaved).toBe(1);
  });

  test("has the pulse asked of who does not answer in time, several times, and of who is suspected, once a probe interval", () => {
    const node = withPeers(peer, helper);
    untilProbe(node);
    const asks = (effects: readonly Effect[]) => effects.filter(({ kind }) => kind === "askPulse");
    expect(asks(node.pass(190))).toEqual([]);
    expect(asks(node.pass(20))).toEqual([{ kind: "askPulse", of: peer }]);
    expect(asks(node.pass(200))).toHaveLength(2);
    node.pass(200);
    expect(node.statusOf(peer)).toBe("suspect");
    expect(asks(node.pass(1_000)).length).toBeGreaterThanOrEqual(2);
    node.after(0, { kind: "pulsed", from: peer, lagMs: 100 });
    node.gossip(peer, claimOf(peer, { incarnation: 1 }));
    expect(node.statusOf(peer)).toBe("alive");
  });

  test("counts a standstill once, whether a late step or the pulse tells of it first", () => {
    const node = withPeers(peer);
    node.pass(1_000);
    node.after(2_000, { kind: "woke" });
    node.after(5, { kind: "stalled", lagMs: 2_000 });
    expect(node.state.counters.stalls).toBe(1);
    node.pass(5_000);
    node.after(1, { kind: "stalled", lagMs: 2_000 });
    expect(node.state.counters.stalls).toBe(2);
  });

  test("does not believe an ack of somebody whom it has not asked", () => {
    const node = withPeers(peer, helper, other);
    const { number } = untilProbe(node);
    node.receive(idOf(9), { kind: "ack", number, updates: [] });
    expect(node.state.round?.number).toBe(number);
  });

  test("takes bytes of the accused, in the time of the probe, for life", () => {
    const node = withPeers(peer);
    untilProbe(node);
    node.after(100, { kind: "heard", from: peer });
    node.pass(450);
    expect(node.statusOf(peer)).toBe("alive");
    expect(node.state.counters.spared).toBe(1);
  });

  test("calls a member stalled while its pulse answers and its loop does not", () => {
    const node = withPeers(peer);
    node.after(0, { kind: "pulsed", from: peer, lagMs: 2_000 });
    expect(node.statusOf(peer)).toBe("stalled");
    for (let index = 0; index < 100; index++) {
      node.after(0, { kind: "pulsed", from: peer, lagMs: 2_000 });
      node.pass(100);
    }
    expect(node.statusOf(peer)).toBe("stalled");
    node.pass(60_000);
    expect(node.statusOf(peer)).toBe("unreachable");
  });

  test("takes the pulse of a loop that runs for no excuse", () => {
    const node = withPeers(peer);
    for (let index = 0; index < 200; index++) {
      node.after(0, { kind: "pulsed", from: peer, lagMs: 20 });
      node.pass(100);
    }
    expect(node.statusOf(peer)).toBe("unreachable");
  });

  test("says frozen where a dial is taken and not answered", () => {
    const node = withPeers(peer);
    untilProbe(node);
    node.pass(1_000);
    node.after(1, { kind: "dialFailed", about: peer, verdict: "silent" });
    node.pass(60_000);
    expect(node.statusOf(peer)).toBe("frozen");
  });

  test("reads what has come while it ran late before it accuses, and not for ever", () => {
    const late = withPeers(peer);
    const { number } = untilProbe(late);
    late.after(550, { kind: "woke" });
    late.receive(peer, { kind: "ack", number, updates: [] });
    expect(late.state.counters.probesFailed).toBe(0);
    const always = withPeers(peer);
    untilProbe(always);
    for (let turn = 0; turn < 10; turn++) always.after(550, { kind: "woke" });
    expect(always.statusOf(peer)).toBe("suspect");
    const without = new LoneNode({ localHealth: false });
    without.gossip(peer);
    untilProbe(without);
    without.after(550, { kind: "woke" });
    expect(without.statusOf(peer)).toBe("suspect");
  });

  test("accuses nobody when it has itself not run", () => {
    const node = withPeers(peer);
    untilProbe(node);
    node.after(5_000, { kind: "woke" });
    expect(node.statusOf(peer)).toBe("alive");
    expect(node.state.counters.stalls).toBe(1);
  });

  test("gives the suspected the time that it has itself not run", () => {
    const node = withPeers(peer, helper);
    node.gossip(helper, claimOf(peer, { status: "suspect", accusers: [helper] }));
    node.after(10_000, { kind: "woke" });
    expect(node.statusOf(peer)).toBe("suspect");
  });

  test("trusts itself less when its helpers are not heard, and more when probes succeed", () => {
    const node = withPeers(peer, helper, other);
    untilProbe(node);
    node.pass(600);
    expect(node.state.health.score).toBeGreaterThanOrEqual(1);
  });

  test("probes as often as ever as soon as it is answered again, however little it trusts itself", () => {
    const node = withPeers(peer);
    node.state.health.score = 8;
    const { number } = untilProbe(node);
    const probedAtMs = node.nowMs;
    node.receive(peer, { kind: "ack", number, updates: [] });
    untilProbe(node);
    expect(node.nowMs - probedAtMs).toBeLessThan(600);
  });

  test("answers a request with a nack when the target does not answer in time, and then only once", () => {
    const node = withPeers(peer, helper);
    node.receive(helper, { kind: "probeRequest", number: 7, target: peer, timeoutMs: 200, updates: [] });
    const nacks = sentTo(node.pass(1_000), helper).filter(({ kind }) => kind === "nack");
    expect(nacks).toMatchObject([{ number: 7 }]);
  });
});

describe("a suspicion", () => {
  const suspected = (...accusers: readonly ReturnType<typeof idOf>[]) => {
    const node = withPeers(peer, helper, other, idOf(4), idOf(5));
    for (const accuser of accusers) {
      node.gossip(helper, claimOf(peer, { status: "suspect", accusers: [accuser] }));
    }
    return [...node.state.table.suspects][0]!.suspicion!.accusers;
  };

  test("counts an accuser once, however often it is told", () => {
    expect(suspected(helper, helper, helper).size).toBe(1);
    expect(suspected(helper, other, helper).size).toBe(2);
  });

  test("counts neither the accused nor a name that nobody bears", () => {
    expect(suspected(helper, peer, idOf(77)).size).toBe(1);
  });

  test("begins anew at another incarnation", () => {
    const node = withPeers(peer, helper, other);
    node.gossip(helper, claimOf(peer, { status: "suspect", accusers: [helper, other] }));
    node.gossip(helper, claimOf(peer, { incarnation: 1 }));
    node.gossip(helper, claimOf(peer, { status: "suspect", incarnation: 1, accusers: [helper] }));
    const suspicion = [...node.state.table.suspects][0]!.suspicion!;
    expect([suspicion.incarnation, suspicion.accusers.size]).toEqual([1, 1]);
  });

  test("begins anew at another incarnation, even where nobody has heard of the refutation between", () => {
    const node = withPeers(peer, helper, other);
    node.gossip(helper, claimOf(peer, { status: "suspect", accusers: [helper, other] }));
    node.gossip(helper, claimOf(peer, { status: "suspect", incarnation: 1, accusers: [helper] }));
    const suspicion = [...node.state.table.suspects][0]!.suspicion!;
    expect([suspicion.incarnation, suspicion.accusers.size]).toEqual([1, 1]);
  });

  test("is told to the accused at once by whoever hears it speak", () => {
    const node = withPeers(peer, helper);
    const sent = sentTo(node.gossip(helper, claimOf(peer, { status: "suspect", accusers: [helper] })), peer);
    expect(sent[0]).toMatchObject({ kind: "gossip", updates: [{ status: "suspect", node: peer }] });
  });
});
