import { describe, expect, test } from "@jest/globals";
import { textCodec } from "../transport/sample-codecs.testing.ts";
import { join, seedOf, until } from "./clusters.testing.ts";
import type { ClusterEvent, NodeCluster } from "./index.ts";
import type { Resolver } from "./resolver.ts";
import { newClusterSecret } from "./security/cluster-secret.ts";

const text = textCodec();
function isFull(cluster: NodeCluster, size: number): boolean {
  const alive = cluster.members().filter(({ status, name }) => status === "alive" && name !== "");
  return alive.length === size && alive.every(({ isConnected }) => isConnected);
}

const statusAt = (cluster: NodeCluster, name: string): string | undefined => cluster.member(name)?.status;

describe("nodes on real sockets", () => {
  test("find each other by one of several seeds, and know name, roles, tags and versions", async () => {
    const a = await join({ name: "a", roles: ["db"], tags: { zone: "x" } });
    const b = await join({ name: "b", seeds: [`127.0.0.1:1, ${seedOf(a)}`, "127.0.0.1:2"] });
    const c = await join({ name: "c", seeds: [seedOf(b), seedOf(a)] });
    await Promise.all([a, b, c].map((cluster) => until(cluster, () => isFull(cluster, 3))));
    expect(c.member("a")).toMatchObject({
      roles: ["db"],
      tags: { zone: "x" },
      versions: { node: process.versions.node },
      isConnected: true,
    });
    expect(a.member(seedOf(b))?.name).toBe("b");
  });

  test("with a secret speak to nobody without it", async () => {
    const secret = newClusterSecret();
    const a = await join({ name: "a", secret });
    const b = await join({ name: "b", secret, seeds: [seedOf(a)] });
    const stranger = await join({ name: "x", secret: newClusterSecret(), seeds: [seedOf(a)] });
    const plain = await join({ name: "y", seeds: [seedOf(a)] });
    await Promise.all([a, b].map((cluster) => until(cluster, () => isFull(cluster, 2))));
    await until(a, () => a.refusals.wrongSecret > 0 && a.refusals.plaintext > 0);
    for (const outside of [stranger, plain]) expect(outside.members()).toHaveLength(1);
    expect(a.members()).toHaveLength(2);
  });

  test("learn at once that one has left, and tell their handlers what it sent before", async () => {
    const a = await join({ name: "a", types: [text] });
    const b = await join({ name: "b", types: [text], seeds: [seedOf(a)] });
    await Promise.all([a, b].map((cluster) => until(cluster, () => isFull(cluster, 2))));
    const texts: string[] = [];
    const statuses: string[] = [];
    a.onMessage(text, (message) => texts.push(message));
    a.on((event: ClusterEvent) => {
      if (event.kind === "statusChanged") statuses.push(event.status);
    });
    expect(b.peerOf(a.self)!.send(text, "the last word").status).toBe("accepted");
    await Promise.all([b.leave(), until(a, () => statusAt(a, "b") === "left", 1_000)]);
    expect(texts).toEqual(["the last word"]);
    expect(statuses).toEqual(["left"]);
  });

  test("take a new start at the same address for another member, as often as it happens", async () => {
    const a = await join({ name: "a" });
    let b = await join({ name: "b", seeds: [seedOf(a)] });
    const place = seedOf(b);
    for (let start = 0; start < 5; start++) {
      // A node that accepts a stream has it open before the dialler can say its name.
      await until(a, () => a.member(b.self)?.isConnected === true && a.member(b.self)?.name === "b");
      await b.close();
      b = await join({ name: "b", bind: place, seeds: [seedOf(a)] });
    }
    await until(a, () => isFull(a, 2));
    const at = a.members().filter(({ name }) => name === "b");
    expect(at).toHaveLength(6);
    expect(at.filter(({ status }) => status === "dead")).toHaveLength(5);
  });

  test("find each other by a name that stands for nothing at first, and for itself and others later", async () => {
    const a = await join({ name: "a" });
    const asked: string[] = [];
    const resolver: Resolver = {
      addresses: async (name) => {
        if (name !== "nodes.test") return [name];
        asked.push(name);
        if (asked.length === 1) throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
        return ["127.0.0.1", "127.0.0.2"];
      },
      services: async () => [],
    };
    const seeds = [`dns://nodes.test:${a.address!.port}`, "dns+srv://nobody.test"];
    const b = await join({ name: "b", seeds, resolver });
    await Promise.all([a, b].map((cluster) => until(cluster, () => isFull(cluster, 2))));
    expect(asked).toHaveLength(2);
  });

  test("tell what is wrong with their options", async () => {
    await expect(join({ seeds: ["nowhere"] })).rejects.toThrow(TypeError);
    await expect(join({ name: "a\u202eb" })).rejects.toThrow(RangeError);
    await expect(join({ bind: "0.0.0.0:0" })).rejects.toThrow(/advertise/);
  });
});
