import { beforeEach, describe, expect, test } from "@jest/globals";
import { dice } from "../membership/dice.testing.ts";
import { digestEveryMs, entriesMax, messageBytesMax, wantedEveryMs } from "./limits.ts";
import { encodeRegistryMessage } from "./messages.codec.ts";
import type { Entry, Located, RegistryMessage } from "./messages.ts";
import { Registry } from "./registry.ts";
import { isValid } from "./valid.ts";

/** Registries that are all connected, with messages that are lost, doubled and overtaken when the test wants it. */
class World {
  nowMs = 0;
  readonly nodes = new Map<string, Registry>();
  readonly gone = new Set<string>();
  readonly lost: string[] = [];
  readonly changes: string[] = [];
  readonly sent: { from: string; to: string; message: RegistryMessage }[] = [];
  /** Of messages and of everything else that has to wait. */
  readonly #soon: (() => void)[] = [];
  #timers: { atMs: number; run: () => void }[] = [];
  /** What becomes of a message: how often it arrives. */
  copies: () => number = () => 1;
  random: () => number = dice(1);
  shuffles = false;
  canSend = true;

  add(name: string): Registry {
    const key = `${name}:1#0000000000000001`;
    const registry = new Registry(key, {
      now: () => this.nowMs,
      random: () => this.random(),
      schedule: (run) => this.#soon.push(run),
      setTimer: (afterMs, run) => {
        const timer = { atMs: this.nowMs + afterMs, run };
        this.#timers.push(timer);
        return () => this.#timers.splice(this.#timers.indexOf(timer), 1);
      },
      peers: () => [...this.nodes.keys()].filter((node) => node !== key && !this.gone.has(node)),
      send: (to, message) => this.canSend && this.#send(key, to, message),
      isGone: (node) => this.gone.has(node),
      lost: (entry, { by }) => this.lost.push(`${name} lost ${entry.key} to ${by[0]}`),
      groupChanged: (group, change, actor) => this.changes.push(`${name} ${group} ${change} ${actor.id}`),
    });
    for (const node of this.nodes.keys()) this.#soon.push(() => this.nodes.get(node)?.peerUp(key));
    for (const node of this.nodes.keys()) this.#soon.push(() => registry.peerUp(node));
    this.nodes.set(key, registry);
    return registry;
  }

  settle(): void {
    while (this.#soon.length > 0) {
      const next = this.shuffles ? Math.floor(this.random() * this.#soon.length) : 0;
      this.#soon.splice(next, 1)[0]!();
    }
  }

  pass(ms: number): void {
    const untilMs = this.nowMs + ms;
    for (;;) {
      this.settle();
      const due = this.#timers.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (due === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== due);
      this.nowMs = due.atMs;
      due.run();
    }
    this.nowMs = untilMs;
  }

  kill(name: string): void {
    const key = `${name}:1#0000000000000001`;
    this.gone.add(key);
    this.nodes.get(key)!.close();
    this.nodes.delete(key);
    for (const registry of this.nodes.values()) registry.gone(key);
  }

  #send(from: string, to: string, message: RegistryMessage): true {
    this.sent.push({ from, to, message });
    for (let i = this.copies(); i > 0; i--)
      this.#soon.push(() => this.nodes.get(to)?.received(from, message));
    return true;
  }
}

function actor(of: string, id: number): Located {
  return { node: `${of}:1#0000000000000001`, id, actor: "x/X" };
}

let world: World;

beforeEach(() => {
  world = new World();
});

describe("a name", () => {
  test("is known everywhere, also to who comes later, until it is taken back", () => {
    const [a, b] = [world.add("a"), world.add("b")];
    const entry = a.put("name", "store", actor("a", 1));
    world.settle();
    const c = world.add("c");
    world.settle();
    for (const node of [a, b, c]) expect(node.holder("store")).toEqual(actor("a", 1));
    a.drop(entry);
    world.settle();
    for (const node of [a, b, c]) expect(node.holder("store")).toBeUndefined();
  });

  test("that two give away at a time is that of the older claim, at every node, and the other is told", () => {
    const [a, b, c] = [world.add("a"), world.add("b"), world.add("c")];
    // B's clock is ahead: it has entered something before.
    b.put("group", "g", actor("b", 9));
    b.put("name", "store", actor("b", 1));
    a.put("name", "store", actor("a", 1));
    world.settle();
    for (const node of [a, b, c]) expect(node.holder("store")).toEqual(actor("a", 1));
    expect(world.lost).toEqual(["b lost store to a"]);
    expect(b.named("store")).toBeUndefined();
    expect(b.counters.conflictsLost).toBe(1);
  });

  test("of two claims as old, that of the lesser node stands", () => {
    const [a, b] = [world.add("a"), world.add("b")];
    b.put("name", "store", actor("b", 1));
    a.put("name", "store", actor("a", 1));
    world.settle();
    for (const node of [a, b]) expect(node.holder("store")).toEqual(actor("a", 1));
    expect(world.lost).toEqual(["b lost store to a"]);
  });

  test("of a claim that is known cannot be older than it: the clock goes on from there", () => {
    const [a, b] = [world.add("a"), world.add("b")];
    for (let i = 1; i < 5; i++) a.put("group", "g", actor("a", i));
    world.settle();
    expect(b.put("name", "n", actor("b", 1)).time).toBe(5);
  });
});

describe("a node that is over", () => {
  test("takes its names and members along at once, also where another node has entered them", () => {
    const [a, b, c] = [world.add("a"), world.add("b"), world.add("c")];
    c.put("name", "store", actor("c", 1));
    c.put("group", "g", actor("c", 1));
    b.put("group", "h", actor("c", 2));
    world.settle();
    world.changes.length = 0;
    world.kill("c");
    expect(a.holder("store")).toBeUndefined();
    expect([a.members("g"), a.members("h")]).toEqual([[], []]);
    expect(world.changes.filter((change) => change.startsWith("a"))).toEqual(["a g left 1", "a h left 2"]);
  });

  test("is not heard any more", () => {
    const [a, c] = [world.add("a"), world.add("c")];
    c.put("name", "store", actor("c", 1));
    world.gone.add("c:1#0000000000000001");
    world.settle();
    expect(a.holder("store")).toBeUndefined();
  });
});

describe("a group", () => {
  test("has an actor once, whoever and how many have entered it, until all have taken it out", () => {
    const [a, b] = [world.add("a"), world.add("b")];
    const first = a.put("group", "g", actor("a", 1));
    const second = b.put("group", "g", actor("a", 1));
    world.settle();
    expect(b.members("g")).toEqual([actor("a", 1)]);
    a.drop(first);
    world.settle();
    expect(b.members("g")).toEqual([actor("a", 1)]);
    b.drop(second);
    world.settle();
    expect(a.members("g")).toEqual([]);
    expect(world.changes.filter((change) => change.startsWith("a"))).toEqual(["a g joined 1", "a g left 1"]);
  });
});

describe("what is lost, doubled and overtaken", () => {
  test("makes no difference in the end: all nodes know the same, and one claim of each name stands", () => {
    for (let seed = 1; seed <= 60; seed++) {
      world = new World();
      world.random = dice(seed);
      world.shuffles = true;
      const names = ["a", "b", "c", "d"];
      const own = new Map(names.map((name) => [name, { registry: world.add(name), entries: [] as Entry[] }]));
      world.copies = () => Math.floor(world.random() * 2.5);
      for (let i = 1; i <= 60; i++) {
        const name = names[Math.floor(world.random() * 4)]!;
        const { registry, entries } = own.get(name)!;
        const key = `k${Math.floor(world.random() * 4)}`;
        const dice = world.random();
        if (dice < 0.3 && entries.length > 0)
          registry.drop(entries.splice(Math.floor(dice * 10) % entries.length, 1)[0]!);
        else if (dice < 0.6) entries.push(registry.put("group", key, actor(name, i)));
        else if (registry.holder(key) === undefined) entries.push(registry.put("name", key, actor(name, i)));
        if (world.random() < 0.3) world.settle();
      }
      world.copies = () => 1;
      world.pass(3 * digestEveryMs);
      const views = names.map((name) => {
        const { registry } = own.get(name)!;
        const keys = ["k0", "k1", "k2", "k3"];
        return keys.map((key) => [registry.holder(key), registry.members(key)]);
      });
      for (const view of views) expect([seed, view]).toEqual([seed, views[0]]);
      const held = names.flatMap((name) =>
        own.get(name)!.entries.filter((e) => own.get(name)!.registry.named(e.key) === e),
      );
      expect(new Set(held.map(({ key }) => key)).size).toBe(held.length);
    }
  });

  test("is asked for once a second at most", () => {
    const [a, b] = [world.add("a"), world.add("b")];
    world.settle();
    world.canSend = false;
    for (let i = 1; i < 4; i++) a.put("group", "g", actor("a", i));
    world.settle();
    expect(a.counters.notSent).toBeGreaterThan(0);
    world.canSend = true;
    world.copies = () => 0;
    a.peerUp("b:1#0000000000000001");
    for (let i = 0; i < 5; i++) b.received("a:1#0000000000000001", { kind: "digest", revision: 3 });
    expect(b.counters.wanted).toBe(1);
    world.nowMs += wantedEveryMs;
    world.copies = () => 1;
    b.received("a:1#0000000000000001", { kind: "digest", revision: 3 });
    world.settle();
    expect(b.members("g")).toHaveLength(3);
  });
});

describe("a message", () => {
  test("is never longer than a control lane takes, and the longest state comes whole", () => {
    const [a, b] = [world.add("a"), world.add("b")];
    const key = "ä".repeat(128);
    for (let i = 0; i < entriesMax; i++) a.put("group", key, actor("a", i + 1));
    expect(a.isFull).toBe(true);
    world.settle();
    const c = world.add("c");
    world.settle();
    for (const { message } of world.sent) {
      expect(encodeRegistryMessage(message).length).toBeLessThan(messageBytesMax + 64);
    }
    for (const node of [b, c]) expect(node.members(key)).toHaveLength(entriesMax);
  });

  const entry: Entry = { kind: "name", key: "k", actor: actor("a", 1), time: 1, revision: 1 };
  test.each<readonly [string, RegistryMessage]>([
    [
      "a long name",
      { kind: "changes", changes: [{ kind: "put", entry: { ...entry, key: "k".repeat(129) } }] },
    ],
    ["no name", { kind: "changes", changes: [{ kind: "put", entry: { ...entry, key: "" } }] }],
    [
      "no node",
      {
        kind: "changes",
        changes: [{ kind: "put", entry: { ...entry, actor: { ...entry.actor, node: "a" } } }],
      },
    ],
    [
      "a time beyond all",
      { kind: "changes", changes: [{ kind: "put", entry: { ...entry, time: 2 ** 53 - 1 } }] },
    ],
    ["a drop of what is later", { kind: "changes", changes: [{ kind: "drop", revision: 1, of: 1 }] }],
    ["a part beyond the last", { kind: "state", revision: 1, part: 1, parts: 1, entries: [] }],
    ["an entry beyond the state", { kind: "state", revision: 0, part: 0, parts: 1, entries: [entry] }],
    ["less than nothing", { kind: "digest", revision: -1 }],
  ])("with %s is refused as a whole, and counted", (_, message) => {
    const a = world.add("a");
    expect(isValid(message)).toBe(false);
    a.received("b:1#0000000000000001", message);
    expect(a.counters.refused).toBe(1);
    expect(a.holder("k")).toBeUndefined();
  });
});
