import type { ForestReport, SupervisedReport } from "@hewn/runtime/node";
import { describe, expect, test } from "@jest/globals";
import type { Terminal } from "../terminal.ts";
import type { ForestAnswer } from "./answer.ts";
import { displayWidth } from "./display-width.ts";
import { EventLines } from "./event-lines.ts";
import { safeJson } from "./safe-json.ts";
import { type TreeChange, TreeChanges } from "./tree-changes.ts";
import { jsonForest, learnNames, summaryOf, treeLines } from "./tree-view.ts";
import { lineOf } from "./watch-tree.ts";
import { Names } from "./words.ts";

const node = { host: "127.0.0.1", port: 9100, instance: 0x3fa9_0000_0000_0001n };
const other = { host: "127.0.0.1", port: 9101, instance: 0x3fa9_0000_0000_0002n };
const pool: SupervisedReport = {
  depth: 0,
  name: "pool",
  strategy: "restForOne",
  status: "up",
  generation: 1,
};

function worker(change: Partial<SupervisedReport> = {}): SupervisedReport {
  return { depth: 1, name: "w", actor: "app/Worker", status: "up", generation: 1, node: other, ...change };
}

function forest(entries: readonly SupervisedReport[], change: Partial<ForestReport> = {}): ForestAnswer {
  return { forest: { node, name: "a", answer: "whole", ...change }, entries };
}

function terminal(width?: number): Terminal {
  const plain = (_: unknown, text: string) => text;
  const rest = { colors: false, interactive: false, ask: undefined, errWidth: undefined };
  return { out() {}, err() {}, styleOut: plain, styleErr: plain, width, ...rest };
}

function namesOf(forests: readonly ForestAnswer[]): Names {
  const names = new Names();
  learnNames(forests, names);
  return names;
}

const hostile = [
  "\u001b[2J\u001b[H",
  "a\nb\r\tc",
  "\u202etxet\u202c",
  "\u0007\u0000\u009b31m",
  "a\u2028b",
  "\ufeff\u200b",
];
const raw = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe("the tree as text", () => {
  test("has a line for each, under the one that it is below, and for whoever did not tell", () => {
    const restarted = { msAgo: 3_000, because: "v", reason: "nodeDied" } as const;
    const forests = [
      forest([
        pool,
        worker({ name: "v", generation: 2, restarted }),
        { ...pool, depth: 1, name: "inner", strategy: "oneForAll" },
        worker({
          depth: 2,
          generation: 4,
          restarted: { ...restarted, reason: "crashed", error: "Error: x" },
        }),
        worker({ name: "last", status: "waiting" }),
      ]),
      forest([], { node: other, name: "b" }),
      forest([], { node: { ...other, port: 1, instance: 1n }, name: "", answer: "silent" }),
    ];
    expect(treeLines(forests, namesOf(forests), terminal())).toEqual([
      "TREE         ACTOR         STATUS   NODE  GEN  RESTARTS  WHY",
      "a",
      "└─ pool      rest for one  up               1         0",
      "   ├─ v      app/Worker    up       b       2         1  its node died, 3 s ago",
      "   ├─ inner  one for all   up               1         0",
      "   │  └─ w   app/Worker    up       b       4         3  v: crashed (Error: x), 3 s ago",
      "   └─ last   app/Worker    waiting  b       1         0",
      "127.0.0.1:1                                              did not answer in time",
    ]);
    expect(summaryOf(forests, "a")).toBe(
      "hewn: 2 supervisors with 3 actors, 4 restarts, 1 of 3 nodes did not tell all, as a gathered it from 3 nodes",
    );
  });

  test.each([60, 80, 120])("fits %i columns as far as what it is about does", (width) => {
    const restarted = { msAgo: 0, because: "w", reason: "crashed", error: "x".repeat(200) } as const;
    const forests = [forest([pool, worker({ actor: "application/folder/Worker", restarted })])];
    for (const line of treeLines(forests, namesOf(forests), terminal(width)))
      expect(displayWidth(line)).toBeLessThanOrEqual(width);
  });

  test.each(hostile.map((text, at) => [at, text] as const))("shows hostile text %i as text", (_, text) => {
    const restarted = { msAgo: 0, because: text, reason: "crashed", error: text } as const;
    const forests = [
      forest([{ ...pool, name: text }, worker({ name: text, actor: text, restarted })], { name: text }),
      forest([], { node: { ...other, host: text }, name: text, answer: "broken" }),
    ];
    const names = namesOf(forests);
    const lines = treeLines(forests, names, terminal());
    expect(lines.length).toBe(5);
    const changes = new TreeChanges();
    changes.take([forest([])]);
    const told = changes.take([...forests]).map((change) => lineOf(change, names));
    expect(told.length).toBe(3);
    const events = new EventLines(terminal(), "out");
    const failed = {
      kind: "supervisorFailed",
      failure: "startFailed",
      msAgo: 0,
      path: [text],
      cause: restarted,
    } as const;
    const restarting = { ...failed, kind: "restarting", children: [text], more: 1, afterMs: 10 } as const;
    told.push(events.of(failed)!, events.of(restarting)!);
    for (const line of [...lines, ...told, summaryOf(forests, text)]) expect(line).not.toMatch(raw);
    expect(safeJson(forests.map(jsonForest))).not.toMatch(raw);
  });
});

describe("changes of the tree", () => {
  /** What is told of a second look. */
  function between(before: readonly ForestAnswer[], after: readonly ForestAnswer[]): readonly string[] {
    const changes = new TreeChanges();
    changes.take(before);
    return changes.take(after).map(shortOf);
  }

  function shortOf(change: TreeChange): string {
    return change.kind === "answer"
      ? `${change.forest.name} ${change.forest.answer}`
      : `${change.kind} ${change.at.path.join("/")}`;
  }

  test("are what appeared, is another start, is in another state or elsewhere, and is gone", () => {
    const before = [
      forest([pool, worker(), worker({ name: "x" }), worker({ name: "y" }), worker({ name: "z" })]),
    ];
    expect(between(before, before)).toEqual([]);
    const after = [
      forest([
        pool,
        worker({ generation: 2 }),
        worker({ name: "x", status: "stopping" }),
        worker({ name: "y", node }),
        worker({ name: "new" }),
      ]),
    ];
    expect(between(before, after)).toEqual([
      "restarted pool/w",
      "changed pool/x",
      "changed pool/y",
      "appeared pool/new",
      "gone pool/z",
    ]);
  });

  test("tell two supervisors of one name apart", () => {
    const two = [forest([pool, worker(), pool, worker({ generation: 5 })])];
    expect(between(two, two)).toEqual([]);
    expect(between(two, [forest([pool, worker(), pool, worker({ generation: 6 })])])).toEqual([
      "restarted pool/w",
    ]);
  });

  test("of a node that does not tell are not told, and nothing of it is gone until it is itself", () => {
    const before = [forest([pool, worker()])];
    expect(between(before, [forest([], { answer: "silent" })])).toEqual(["a silent"]);
    expect(between(before, [])).toEqual(["gone pool", "gone pool/w"]);
    const changes = new TreeChanges();
    changes.take(before);
    changes.take([forest([], { answer: "notConnected" })]);
    expect(changes.take([forest([pool, worker({ generation: 2 })])]).map(shortOf)).toEqual([
      "a whole",
      "restarted pool/w",
    ]);
    expect(between(before, [forest([pool], { answer: "cut" })])).toEqual(["a cut"]);
  });
});
