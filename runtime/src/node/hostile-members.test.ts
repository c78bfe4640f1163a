import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { controlledCluster } from "../cluster/control/index.ts";
import { membershipMessages } from "../cluster/runtime-types.ts";
import type { MemberId, MembershipMessage } from "../membership/index.ts";
import { membershipLimits } from "../membership/index.ts";
import { encodeMembershipMessage } from "../membership/messages.codec.ts";
import { encodeFrame, frameKind } from "../transport/frame.ts";
import { encodeHello } from "../transport/messages.codec.ts";
import { magic } from "../transport/session.ts";
import { join, seedOf, until } from "./clusters.testing.ts";
import {
  type ClusterEvent,
  type NodeCluster,
  type NodeTransport,
  type Peer,
  startTransport,
} from "./index.ts";
import { newClusterSecret } from "./security/cluster-secret.ts";

type Update = MembershipMessage["updates"][number];

const opened: NodeTransport[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((transport) => transport.close()));
});

/** A peer that proves itself, speaks the messages of membership, and says what it likes. */
class Liar {
  readonly transport: NodeTransport;
  readonly peer: Peer;

  constructor(transport: NodeTransport, peer: Peer) {
    this.transport = transport;
    this.peer = peer;
  }

  static async at(victim: NodeCluster, options: { readonly secret?: string } = {}): Promise<Liar> {
    const types = [membershipMessages];
    const rest = { environment: {}, log: () => {}, listen: "127.0.0.1:0" };
    const transport = await startTransport({ types, ...rest, ...options });
    opened.push(transport);
    const outcome = await transport.connect(seedOf(victim));
    if (outcome.status !== "connected") throw new Error(outcome.reason.text);
    return new Liar(transport, outcome.peer);
  }

  gossip(...updates: readonly Update[]): void {
    const outcome = this.peer.sendControl(membershipMessages, { kind: "gossip", updates });
    if (outcome.status !== "accepted") throw new Error(outcome.text);
  }
}

function claim(node: MemberId, change: Partial<Update> = {}): Update {
  return { node, status: "alive", incarnation: 0, evidence: "joined", accusers: [], ageS: 0, ...change };
}

const named = (name: string) => ({ revision: 1, name, roles: [], tags: {}, actors: [], versions: {} });

/** Addresses of this machine at which nobody listens. */
const nobody = (nth: number): MemberId => ({
  host: `127.1.${nth >> 8}.${nth & 255}`,
  port: 1,
  instance: BigInt(nth + 1),
});

function eventsOf(cluster: NodeCluster): ClusterEvent[] {
  const events: ClusterEvent[] = [];
  cluster.on((event) => events.push(event));
  return events;
}

/** What `hewn members --json` shows as counters. */
function shown(cluster: NodeCluster): Readonly<Record<string, number>> {
  return controlledCluster(cluster, { resolve: async () => [], setTimer: () => () => {} }).counters();
}

describe("who has not proved who it is", () => {
  test("has nothing that it gossips looked at, in plaintext or behind another secret", async () => {
    const secret = newClusterSecret();
    const victim = await join({ name: "victim", secret });
    const friend = await join({ name: "friend", secret, seeds: [seedOf(victim)] });
    await until(victim, () => victim.member("friend")?.status === "alive");
    const before = victim.members().map(({ id, status }) => [id, status]);
    await expect(Liar.at(victim, { secret: newClusterSecret() })).rejects.toThrow();
    const socket = connect(victim.address!.port, "127.0.0.1");
    socket.on("error", () => {});
    await once(socket, "connect");
    const bytes = encodeMembershipMessage({
      kind: "gossip",
      updates: [claim(friend.self, { status: "dead", evidence: "refused" })],
    });
    socket.end(Buffer.concat([helloOf(friend), encodeFrame(frameKind.message, bytes)]));
    socket.resume();
    await once(socket, "close");
    expect(victim.refusals).toMatchObject({ plaintext: 1, wrongSecret: 1 });
    expect(victim.members().map(({ id, status }) => [id, status])).toEqual(before);
    expect(shown(victim)).toMatchObject({ fromObservers: 0, forgeries: 0, rebirths: 0 });
  });

  test("and who proves itself as one who only looks is no member, and says nothing as one", async () => {
    const victim = await join({ name: "victim" });
    const types = [membershipMessages];
    const observer = await startTransport({ types, roles: ["observer"], environment: {}, log: () => {} });
    opened.push(observer);
    const outcome = await observer.connect(seedOf(victim));
    if (outcome.status !== "connected") throw new Error(outcome.reason.text);
    const updates = [claim(victim.self, { status: "dead", evidence: "refused" })];
    outcome.peer.sendControl(membershipMessages, { kind: "gossip", updates });
    await until(victim, () => victim.counters.fromObservers === 1);
    expect(victim.members().length).toBe(1);
    expect(shown(victim)).toMatchObject({ fromObservers: 1, observers: 1, rebirths: 0 });
  });
});

describe("a member that lies", () => {
  test("and calls another dead costs it a rebirth in place, at growing intervals, and its application is told", async () => {
    const victim = await join({ name: "victim" });
    const friend = await join({ name: "friend", seeds: [seedOf(victim)] });
    await until(victim, () => victim.member("friend")?.status === "alive");
    const liar = await Liar.at(victim);
    const events = eventsOf(victim);
    const { self } = victim;
    for (let nth = 0; nth < 100; nth++) {
      liar.gossip(claim(self, { status: "dead", evidence: "refused", accusers: [liar.transport.node] }));
    }
    await until(victim, () => events.some(({ kind }) => kind === "reborn"));
    expect(victim.self.instance).not.toBe(self.instance);
    expect(events.find(({ kind }) => kind === "reborn")).toMatchObject({ was: self, evidence: "refused" });
    // All hundred were about an instance that is over.
    expect(shown(victim)).toMatchObject({ rebirths: 1 });
    await until(friend, () => friend.member(victim.self)?.status === "alive");
    await until(victim, () => victim.member("friend")?.status === "alive");
  });

  test("and raises its incarnation, or forges what it says of itself, is overtaken, and counted", async () => {
    const victim = await join({ name: "victim" });
    const friend = await join({ name: "friend", seeds: [seedOf(victim)] });
    await until(friend, () => friend.member("victim")?.status === "alive");
    const liar = await Liar.at(friend);
    liar.gossip(
      claim(victim.self, {
        status: "suspect",
        incarnation: 1_000,
        evidence: "probeFailed",
        accusers: [liar.transport.node],
        metadata: { ...named("somebody else"), revision: 7 },
      }),
    );
    await until(friend, () => friend.member(victim.self)?.incarnation === 1_001);
    await until(friend, () => friend.member(victim.self)?.name === "victim");
    expect(friend.member("victim")?.status).toBe("alive");
    expect(shown(victim)["forgeries"]).toBeGreaterThanOrEqual(2);
    expect(shown(victim)).toMatchObject({ rebirths: 0 });
  });

  test("and names an incarnation that no member comes to is refused, and counted", async () => {
    const victim = await join({ name: "victim" });
    const liar = await Liar.at(victim);
    liar.gossip(claim(nobody(1), { incarnation: membershipLimits.incarnationMax + 1 }));
    await until(victim, () => victim.counters.updatesRefused === 1);
    expect(victim.member(nobody(1))).toBeUndefined();
  });

  test.each([
    ["a line break", { metadata: named("a\nb") }],
    ["a colour", { metadata: named("\u001b[31mred") }],
    ["a bidi mark", { metadata: named("\u202etxt") }],
    ["a name that is too long", { metadata: named("x".repeat(65)) }],
    ["a tag with a control character", { metadata: { ...named("x"), tags: { "\u0007": "" } } }],
    ["a host that is none", { node: { host: "a b", port: 1, instance: 1n } }],
    ["a host with a bidi mark", { node: { host: "\u202ea", port: 1, instance: 1n } }],
    ["too many accusers", { accusers: Array.from({ length: 5 }, (_, nth) => nobody(nth)) }],
  ])("and tells of a member with %s has that claim refused, and counted", async (_, change) => {
    const victim = await join({ name: "victim" });
    const liar = await Liar.at(victim);
    liar.gossip(claim(nobody(1), change));
    await until(victim, () => victim.counters.updatesRefused === 1);
    expect(victim.members().length).toBe(2);
    expect(shown(victim)).toMatchObject({ updatesRefused: 1 });
  });

  test("and tells of ten thousand members fills a bounded table, and keeps nobody out", async () => {
    const rest = { secret: newClusterSecret(), profile: "lan" } as const;
    const victim = await join({ name: "victim", ...rest });
    const friend = await join({ name: "friend", ...rest, seeds: [seedOf(victim)] });
    await until(victim, () => victim.member(friend.self)?.isConnected === true);
    const liar = await Liar.at(victim, rest);
    for (let nth = 0; nth < 10_000; nth += 250) {
      liar.gossip(...Array.from({ length: 250 }, (_, at) => claim(nobody(nth + at))));
    }
    await until(victim, () => victim.counters.membersRefused > 0, 20_000);
    const { membersMax, tombstonesMax } = membershipLimits;
    expect(victim.members().length).toBeGreaterThanOrEqual(membersMax - tombstonesMax);
    // All are full, and who is there is seen all the same.
    const newcomer = await join({ name: "newcomer", ...rest, seeds: [seedOf(victim)] });
    await until(victim, () => victim.member(newcomer.self)?.isConnected === true, 60_000);
    expect(victim.member(friend.self)?.isConnected).toBe(true);
    for (const node of [victim, friend, newcomer]) {
      expect(node.members().length).toBeLessThanOrEqual(membersMax + tombstonesMax + 1);
    }
    expect(shown(victim)["membersRefused"]).toBeGreaterThan(0);
  }, 90_000);
});

/** As a friend begins, in plaintext. */
function helloOf({ self }: NodeCluster): Uint8Array {
  const rest = { protocolMin: 1, protocolMax: 1, lane: "control", attempt: 1, roles: [] } as const;
  const message = encodeHello({ ...rest, node: { ...self, instance: 1n }, catalogueDigest: "none" });
  return encodeFrame(frameKind.hello, new Uint8Array([...magic, ...message]));
}
