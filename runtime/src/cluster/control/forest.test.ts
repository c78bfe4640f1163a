import { describe, expect, test } from "@jest/globals";
import type { ChildView } from "../../supervision/index.ts";
import { formatNodeId } from "../../transport/index.ts";
import { type Forest, forestOf, isFit } from "./forest.ts";
import { forestEntriesMax, treeDepthMax } from "./limits.ts";

const self = { host: "a", port: 1, instance: 1n };
const other = { host: "b", port: 1, instance: 2n };

function view(change: Partial<ChildView> = {}): ChildView {
  return {
    name: "w",
    status: "up",
    generation: 1,
    node: undefined,
    actor: 7,
    lastEnd: undefined,
    lastRestart: undefined,
    definition: "test/Worker",
    children: undefined,
    strategy: undefined,
    ...change,
  };
}

function seen(...children: readonly ChildView[]): Forest {
  const supervisor = {
    name: "pool",
    phase: "running",
    strategy: "oneForAll",
    children: () => children,
  } as const;
  return forestOf([supervisor], { self, name: "a", nowMs: 10_000 });
}

describe("a forest", () => {
  test("has each behind the one that it is below, with where it runs and why it was started again", () => {
    const error = { name: "TypeError", message: "boom" };
    const lastRestart = { because: "v", end: { reason: "crashed", error }, atMs: 9_000 } as const;
    const inner = view({
      name: "inner",
      actor: undefined,
      definition: undefined,
      strategy: "oneForOne",
      children: [view({ name: "deep", node: formatNodeId(other) })],
    });
    const { forest, entries } = seen(
      view({ generation: 3, lastRestart }),
      inner,
      view({ name: "new", status: "waiting", actor: undefined }),
    );
    expect(forest).toEqual({ node: self, name: "a", answer: "whole" });
    expect(entries).toEqual([
      { depth: 0, name: "pool", strategy: "oneForAll", status: "up", generation: 1 },
      {
        depth: 1,
        name: "w",
        actor: "test/Worker",
        status: "up",
        generation: 3,
        node: self,
        restarted: { msAgo: 1000, because: "v", reason: "crashed", error: "TypeError: boom" },
      },
      { depth: 1, name: "inner", strategy: "oneForOne", status: "up", generation: 1 },
      { depth: 2, name: "deep", actor: "test/Worker", status: "up", generation: 1, node: other },
      { depth: 1, name: "new", actor: "test/Worker", status: "waiting", generation: 1 },
    ]);
  });

  test("is cut where there are too many, and where they are too deep", () => {
    const many = seen(...Array.from({ length: forestEntriesMax }, (_, at) => view({ name: `w${at}` })));
    expect(many.forest.answer).toBe("cut");
    expect(many.entries.length).toBe(forestEntriesMax);
    let deep = view();
    for (let depth = 0; depth <= treeDepthMax; depth++)
      deep = view({ definition: undefined, children: [deep] });
    const cut = seen(deep);
    expect(cut.forest.answer).toBe("cut");
    expect(cut.entries.length).toBe(treeDepthMax + 1);
  });

  test("of names that are long, or no text, fits what a node takes of another one", () => {
    const long = `${"x".repeat(126)}😀${"y".repeat(10_000)}`;
    const end = { reason: "crashed", error: { name: long, message: long } } as const;
    const { entries } = seen(
      view({ name: long, definition: long, lastRestart: { because: long, end, atMs: 0 } }),
    );
    let depth = -1;
    for (const entry of entries) {
      expect(isFit(entry, depth)).toBe(true);
      expect([entry.name, entry.actor, entry.restarted?.error].join()).not.toMatch(/\p{Surrogate}/u);
      depth = entry.depth;
    }
  });
});
