import { describe, expect, test } from "@jest/globals";
import type { MemberId } from "../../membership/messages.ts";
import { accepted, notSent } from "../../transport/send-outcome.ts";
import { forestEntriesMax, treeDepthMax, treeEntriesMax } from "./limits.ts";
import type { ControlReply, ForestAnswer, ForestRequest, SupervisedReport } from "./messages.ts";
import { type Askable, TreeGatherer } from "./tree-gatherer.ts";

function idOf(name: string): MemberId {
  return { host: name, port: 1, instance: 1n };
}

const entry: SupervisedReport = {
  depth: 0,
  name: "pool",
  strategy: "oneForOne",
  status: "up",
  generation: 1,
};

/** A node `a` with members that a test lets answer. */
class Gathering {
  readonly asked: (readonly [name: string, number: number])[] = [];
  readonly gatherer: TreeGatherer;
  late: (() => void)[] = [];

  constructor(
    names: readonly string[],
    outcomeOf = (_: string) => accepted as ReturnType<typeof notSent> | typeof accepted | undefined,
  ) {
    const members = ["a", ...names].map((name): Askable => {
      return { id: idOf(name), name, isSelf: name === "a", status: "alive" };
    });
    this.gatherer = new TreeGatherer({
      members: () => members,
      own: () => ({ forest: { node: idOf("a"), name: "a", answer: "whole" }, entries: [entry] }),
      ask: ({ host }, { number }: ForestRequest) => {
        this.asked.push([host, number]);
        return outcomeOf(host);
      },
      setTimer: (_, run) => {
        this.late.push(run);
        return () => {
          this.late = this.late.filter((each) => each !== run);
        };
      },
    });
  }

  /** What a member answers to what it was asked last. */
  says(name: string, ...parts: readonly (SupervisedReport | "done" | "refused" | ForestAnswer)[]): void {
    const number = this.asked.findLast(([host]) => host === name)![1];
    for (const part of parts) this.gatherer.received(replyOf(name, number, part), idOf(name));
  }

  async seen(): Promise<readonly string[]> {
    const forests = await this.gatherer.gather();
    return forests.map(({ forest, entries }) => `${forest.name} ${forest.answer} ${entries.length}`);
  }
}

function replyOf(name: string, number: number, part: SupervisedReport | string): ControlReply {
  if (typeof part !== "string") return { kind: "supervised", number, entry: part };
  if (part === "done") return { kind: "done", number };
  if (part === "refused") return { kind: "refused", number, code: "tooMany", text: "" };
  return {
    kind: "forest",
    number,
    forest: { node: idOf("forged"), name: `not ${name}`, answer: part as ForestAnswer },
  };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

describe("gathering the tree", () => {
  test("asks all, and has every answer under the name that membership knows", async () => {
    const it = new Gathering(["b", "c"]);
    const seen = it.seen();
    await settle();
    it.says("c", "whole", "done");
    it.says("b", "whole", entry, { ...entry, depth: 1 }, "done");
    expect(await seen).toEqual(["a whole 1", "b whole 2", "c whole 0"]);
    expect(it.late).toEqual([]);
  });

  test("names who does not answer in time, and nothing of half an answer counts", async () => {
    const it = new Gathering(["b", "c"]);
    const seen = it.seen();
    await settle();
    it.says("b", "whole", entry);
    it.says("c", "whole", "done");
    for (const run of it.late) run();
    expect(await seen).toEqual(["a whole 1", "b silent 0", "c whole 0"]);
    // It is late, and nobody asks any more.
    it.says("b", "done");
  });

  test("says of who cannot be asked why not", async () => {
    const outcomes = {
      b: undefined,
      c: notSent("incompatible", ""),
      d: notSent("disconnected", ""),
      e: notSent("overloaded", ""),
    };
    const it = new Gathering(Object.keys(outcomes), (name) => outcomes[name as keyof typeof outcomes]);
    expect(await it.seen()).toEqual([
      "a whole 1",
      "b notConnected 0",
      "c otherVersion 0",
      "d notConnected 0",
      "e silent 0",
    ]);
  });

  test.each<readonly [string, readonly (SupervisedReport | "done" | "refused" | ForestAnswer)[]]>([
    ["a refusal", ["refused"]],
    ["an end without a beginning", ["done"]],
    ["an entry before its forest", [entry, "whole", "done"]],
    ["a child of nobody", ["whole", { ...entry, depth: 1 }, "done"]],
    ["a level that is left out", ["whole", entry, { ...entry, depth: 2 }, "done"]],
    ["a name that is too long", ["whole", { ...entry, name: "x".repeat(129) }, "done"]],
    [
      "a text that is too long",
      [
        "whole",
        { ...entry, restarted: { msAgo: 0, because: "x", reason: "crashed", error: "x".repeat(201) } },
        "done",
      ],
    ],
    [
      "too deep a tree",
      ["whole", ...Array.from({ length: treeDepthMax + 2 }, (_, depth) => ({ ...entry, depth })), "done"],
    ],
  ])("%s is no answer", async (_, parts) => {
    const it = new Gathering(["b"]);
    const seen = it.seen();
    await settle();
    it.says("b", ...parts);
    expect(await seen).toEqual(["a whole 1", "b broken 0"]);
  });

  test("one that says more than it may is cut, and all together are", async () => {
    const names = Array.from({ length: treeEntriesMax / forestEntriesMax + 1 }, (_, at) => `n${at}`);
    const it = new Gathering(names);
    const seen = it.seen();
    await settle();
    for (const name of names)
      it.says(name, "whole", ...Array.from({ length: forestEntriesMax + 1 }, () => entry), "done");
    const all = await seen;
    expect(all[1]).toBe(`n0 cut ${forestEntriesMax}`);
    expect(all.at(-1)).toBe(`${names.at(-1)} cut 0`);
  });

  test("what somebody else answers, or a second time, counts for nothing", async () => {
    const it = new Gathering(["b", "c"]);
    const seen = it.seen();
    await settle();
    const [, number] = it.asked[0]!;
    for (const part of ["whole", entry, "done"] as const)
      it.gatherer.received(replyOf("b", number, part), idOf("c"));
    for (const part of ["whole", entry, "done"] as const)
      it.gatherer.received(replyOf("b", number, part), { ...idOf("b"), instance: 2n });
    it.says("b", "whole", "done", entry, "done");
    it.says("c", "whole", "done");
    expect(await seen).toEqual(["a whole 1", "b whole 0", "c whole 0"]);
  });

  test("who asks while one is under way shares the next with all others who do", async () => {
    const it = new Gathering(["b"]);
    const first = it.seen();
    await settle();
    const others = [it.seen(), it.seen(), it.seen()];
    await settle();
    expect(it.asked.length).toBe(1);
    it.says("b", "whole", "done");
    expect(await first).toEqual(["a whole 1", "b whole 0"]);
    await settle();
    expect(it.asked.length).toBe(2);
    it.says("b", "whole", entry, "done");
    for (const other of others) expect(await other).toEqual(["a whole 1", "b whole 1"]);
  });
});
