import { describe, expect, test } from "@jest/globals";
import {
  incarnationMax,
  membersMax,
  metadataBytesMax,
  syncBytesMax,
  tombstonesMax,
  updatesPerMessageMax,
} from "./limits.ts";
import { claimOf, idOf, LoneNode, sentTo } from "./lone-node.testing.ts";
import { encodeMembershipMessage } from "./messages.codec.ts";
import type { Update } from "./messages.ts";
import { membersOf } from "./view.ts";

const [self, peer, third] = [idOf(0), idOf(1), idOf(2)];

describe("a node that is accused", () => {
  test.each(["stalled", "suspect", "unreachable", "frozen"] as const)("of being %s refutes", (status) => {
    const node = new LoneNode();
    const sent = sentTo(node.gossip(peer, claimOf(self, { status })), peer);
    expect(node.state.self.incarnation).toBe(1);
    expect(sent[0]).toMatchObject({ updates: [{ node: self, status: "alive", incarnation: 1 }] });
  });

  test("at an incarnation that is over has no need to", () => {
    const node = new LoneNode();
    node.gossip(peer, claimOf(self, { status: "suspect" }));
    node.gossip(peer, claimOf(self, { status: "suspect" }));
    expect(node.state.self.incarnation).toBe(1);
  });

  test.each(["dead", "removed", "left"] as const)("of being %s takes another instance", (status) => {
    const node = new LoneNode();
    const effects = node.gossip(peer, claimOf(self, { status, evidence: "refused", accusers: [third] }));
    expect(effects).toContainEqual({ kind: "rebirth", evidence: "refused", accusers: [third] });
    expect(node.gossip(peer)).toEqual([]);
    node.after(5, { kind: "reborn", instance: 2n });
    expect(node.state.self.id).toEqual(idOf(0, 2n));
    expect(node.statusOf(self)).toBe("dead");
  });

  test("again and again is reborn at growing intervals only", () => {
    const node = new LoneNode();
    const reborn: number[] = [];
    for (let instance = 2n; node.nowMs < 60_000; node.pass(100, 100)) {
      const effects = node.gossip(peer, claimOf(node.state.self.id, { status: "dead" }));
      if (![...effects, ...node.pass(100, 100)].some(({ kind }) => kind === "rebirth")) continue;
      reborn.push(node.nowMs);
      node.after(1, { kind: "reborn", instance: instance++ });
    }
    expect(reborn.length).toBeGreaterThan(3);
    expect(reborn.length).toBeLessThan(9);
  });
});

describe("hostile claims", () => {
  const name = (value: string): Update =>
    claimOf(third, { metadata: { revision: 1, name: value, roles: [], tags: {}, actors: [], versions: {} } });

  test.each([
    ["a control character", name("a\u001b[2J")],
    ["a bidi mark", name("a\u202eb")],
    ["a line separator", name("a\u2028b")],
    ["a name too long", name("x".repeat(65))],
    ["a host that is none", claimOf({ ...third, host: "a b\n" })],
    ["an incarnation that nobody comes to", claimOf(third, { incarnation: incarnationMax + 1 })],
    ["too many accusers", claimOf(third, { accusers: [4, 5, 6, 7, 8].map((index) => idOf(index)) })],
    ["a tombstone of the day before", claimOf(third, { status: "dead", ageS: 86_400 })],
  ])("with %s are refused and counted", (_, update) => {
    const node = new LoneNode();
    node.gossip(peer, update);
    expect(node.statusOf(third)).toBeUndefined();
    expect(node.state.counters.updatesRefused).toBe(1);
  });

  test("with metadata of more bytes than the bound are refused", () => {
    const tags = Object.fromEntries(Array.from({ length: 32 }, (_, index) => [`k${index}`, "v".repeat(200)]));
    const metadata = { revision: 1, name: "", roles: [], tags, actors: [], versions: {} };
    expect(JSON.stringify(metadata).length).toBeGreaterThan(metadataBytesMax);
    const node = new LoneNode();
    node.gossip(peer, claimOf(third, { metadata }));
    expect(node.state.counters.updatesRefused).toBe(1);
  });

  test("that raise the receiver's incarnation are overtaken and counted", () => {
    const node = new LoneNode();
    node.gossip(peer, claimOf(self, { incarnation: 1_000 }));
    expect(node.state.self.incarnation).toBe(1_001);
    expect(node.state.counters.forgeries).toBe(1);
  });

  test("that raise it to the bound end this instance and not the node", () => {
    const node = new LoneNode();
    const effects = node.gossip(peer, claimOf(self, { status: "suspect", incarnation: incarnationMax }));
    expect(effects.some(({ kind }) => kind === "rebirth")).toBe(true);
  });

  test("about the receiver's metadata are overtaken", () => {
    const node = new LoneNode();
    const metadata = { revision: 7, name: "forged", roles: [], tags: {}, actors: [], versions: {} };
    node.gossip(peer, claimOf(self, { metadata }));
    expect(node.state.self.metadata).toMatchObject({ revision: 8, name: "self" });
  });

  test("about ten thousand members fill the table to its bound, and who is there finds room all the same", () => {
    const node = new LoneNode();
    for (let batch = 0; batch < 10; batch++) {
      const updates = Array.from({ length: 1000 }, (_, index) =>
        claimOf({ host: `h${batch}-${index}`, port: 1, instance: 1n }),
      );
      node.gossip(peer, ...updates);
    }
    expect(node.state.table.living).toBe(membersMax);
    expect(node.state.counters.membersRefused).toBe(10_001 - membersMax);
    node.gossip(third);
    expect(node.statusOf(third)).toBe("alive");
    expect(node.state.table.living).toBe(membersMax);
  });

  test("about many dead leave no more tombstones than the bound", () => {
    const node = new LoneNode();
    for (let batch = 0; batch < 4; batch++) {
      const updates = Array.from({ length: 1000 }, (_, index) =>
        claimOf({ host: `h${batch}-${index}`, port: 1, instance: 1n }, { status: "dead" }),
      );
      node.gossip(peer, ...updates);
    }
    expect(node.state.table.tombstones.size).toBe(tombstonesMax);
    expect(node.state.table.living).toBe(1);
  });

  test("beyond so many in one message are not looked at", () => {
    const node = new LoneNode();
    node.gossip(peer, ...Array.from({ length: updatesPerMessageMax + 5 }, () => claimOf(third)));
    expect(node.state.counters.updatesRefused).toBe(5);
  });
});

describe("an instance that is final", () => {
  test("is told so, and heard no more", () => {
    const node = new LoneNode();
    node.gossip(third);
    node.after(1_000, { kind: "woke" });
    node.gossip(peer, claimOf(third, { status: "dead", accusers: [peer] }));
    const sent = sentTo(node.receive(third, { kind: "probe", number: 1, updates: [] }), third);
    expect(sent).toMatchObject([{ kind: "gossip", updates: [{ node: third, status: "dead" }] }]);
    expect(node.state.counters.fromFenced).toBe(1);
  });

  test("is forgotten after a day, and not before", () => {
    const node = new LoneNode();
    node.gossip(peer, claimOf(third, { status: "left" }));
    node.after(23 * 3_600_000, { kind: "woke" });
    expect(node.statusOf(third)).toBe("left");
    node.after(3_700_000, { kind: "woke" });
    expect(node.statusOf(third)).toBeUndefined();
  });

  test("that left is never said to be dead", () => {
    const node = new LoneNode();
    node.gossip(third);
    node.gossip(third, claimOf(third, { status: "left", evidence: "goodbye" }));
    node.after(1, { kind: "dialFailed", about: third, verdict: "refused" });
    node.gossip(peer, claimOf(third, { status: "dead" }));
    expect(node.statusOf(third)).toBe("left");
  });
});

describe("evidence of death", () => {
  test("a refused dial is proof", () => {
    const node = new LoneNode();
    node.gossip(peer);
    node.after(1, { kind: "dialFailed", about: peer, verdict: "refused" });
    expect(node.statusOf(peer)).toBe("dead");
  });

  test("a refused dial is none where leases are to decide", () => {
    const node = new LoneNode({ deathEvidence: "lease" });
    node.gossip(peer);
    node.after(1, { kind: "dialFailed", about: peer, verdict: "refused" });
    expect(node.statusOf(peer)).toBe("alive");
  });

  test("another instance at the address is proof, for one that was spoken with there", () => {
    const node = new LoneNode();
    node.gossip(peer, claimOf(third));
    node.after(1, { kind: "reached", peer: idOf(1, 2n) });
    node.after(1, { kind: "reached", peer: idOf(2, 2n) });
    expect([node.statusOf(peer), node.statusOf(idOf(1, 2n))]).toEqual(["dead", "alive"]);
    expect([node.statusOf(third), node.statusOf(idOf(2, 2n))]).toEqual(["alive", "alive"]);
  });

  test("who had this node's own address before is dead", () => {
    const node = new LoneNode();
    node.gossip(peer, claimOf(idOf(0, 77n)));
    expect(node.statusOf(idOf(0, 77n))).toBe("dead");
  });
});

describe("a goodbye", () => {
  test("goes to all at once, and the node is over a moment later", () => {
    const node = new LoneNode();
    for (const id of [peer, third]) node.gossip(id);
    const effects = node.after(1, { kind: "leaveRequested" });
    for (const id of [peer, third]) {
      expect(sentTo(effects, id)).toMatchObject([{ updates: [{ node: self, status: "left" }] }]);
    }
    expect(node.pass(200)).toContainEqual({ kind: "left" });
    expect(node.gossip(peer, claimOf(self, { status: "dead" }))).toEqual([]);
  });
});

describe("full syncs", () => {
  test("go both ways: who is asked sends all that it knows back", () => {
    const node = new LoneNode();
    node.gossip(peer, claimOf(third));
    const replies = sentTo(node.receive(peer, { kind: "sync", replyWanted: true, updates: [] }), peer);
    const [reply] = replies.filter((message) => message.kind === "sync" && !message.replyWanted);
    expect(reply!.updates.map(({ node }) => node.port).sort()).toEqual([9000, 9001, 9002]);
  });

  test("are cut into parts of a bounded size", () => {
    const node = new LoneNode();
    const many = Array.from({ length: 2000 }, (_, index) =>
      claimOf({ host: `host-number-${index}`, port: 1, instance: 1n }),
    );
    node.gossip(peer, ...many);
    const parts = sentTo(node.receive(peer, { kind: "sync", replyWanted: true, updates: [] }), peer);
    const syncs = parts.filter(({ kind }) => kind === "sync");
    expect(syncs.length).toBeGreaterThan(1);
    for (const sync of syncs) expect(encodeMembershipMessage(sync).length).toBeLessThan(syncBytesMax + 100);
  });
});

describe("seeds", () => {
  test("are dialled at once, again while nobody answers, and not this node itself", () => {
    const seeds = [0, 1, 2].map((index) => ({ host: "10.0.0.1", port: 9000 + index }));
    const node = new LoneNode({ seeds });
    const dials = node.pass(20_000).filter(({ kind }) => kind === "dial");
    expect(dials.length).toBeGreaterThan(4);
    expect(dials.every((dial) => dial.kind === "dial" && dial.place.port !== 9000)).toBe(true);
  });

  test("are let alone while whom they led to is there", () => {
    const place = { host: "seed.example", port: 9001 };
    const node = new LoneNode({ seeds: [place] });
    node.after(1, { kind: "reached", peer, dialled: place });
    let dials = 0;
    for (let index = 0; index < 100; index++) {
      node.gossip(peer);
      dials += node.pass(400).filter(({ kind }) => kind === "dial").length;
      node.after(1, { kind: "heard", from: peer });
    }
    expect(dials).toBe(0);
  });
});

test("metadata of its own that is out of bounds is an error, and changes nothing", () => {
  const node = new LoneNode();
  const metadata = { name: "a\u0000b", roles: [], tags: {}, actors: [], versions: {} };
  expect(() => node.after(1, { kind: "metadataChanged", metadata })).toThrow(RangeError);
  expect(membersOf(node.state)[0]).toMatchObject({ isSelf: true, metadata: { name: "self", revision: 1 } });
});
