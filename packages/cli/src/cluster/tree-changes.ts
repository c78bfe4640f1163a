// What is different between two looks at the supervision tree.
import type { SupervisedReport } from "@hewn/runtime/node";
import type { ForestAnswer } from "./answer.ts";

type Forest = ForestAnswer["forest"];

export type TreeChange =
  /** It was not there before. */
  | { readonly kind: "appeared"; readonly at: Place; readonly is: SupervisedReport }
  | {
      readonly kind: "restarted";
      readonly at: Place;
      readonly was: SupervisedReport;
      readonly is: SupervisedReport;
    }
  /** Its status, or where it runs. */
  | {
      readonly kind: "changed";
      readonly at: Place;
      readonly was: SupervisedReport;
      readonly is: SupervisedReport;
    }
  | { readonly kind: "gone"; readonly at: Place; readonly was: SupervisedReport }
  /** A node does not tell, or does so again. */
  | { readonly kind: "answer"; readonly forest: Forest };

/** Where in the tree. */
export interface Place {
  /** Of the outermost supervisor. */
  readonly node: Forest["node"];
  readonly path: readonly string[];
}

interface Placed {
  readonly place: Place;
  readonly entry: SupervisedReport;
}

/** What was seen of a node before holds while it does not tell. */
export class TreeChanges {
  readonly #answers = new Map<string, Forest["answer"]>();
  readonly #seen = new Map<string, Map<string, Placed>>();

  /** Takes in another look, the first included. */
  take(forests: readonly ForestAnswer[]): readonly TreeChange[] {
    const changes: TreeChange[] = [];
    const keys = new Set<string>();
    for (const one of forests) {
      const key = keyOf(one.forest);
      keys.add(key);
      this.#answer(key, one.forest, changes);
      const { answer } = one.forest;
      if (answer === "whole" || answer === "cut") this.#compare(key, one, changes);
    }
    for (const [key, placed] of this.#seen) {
      if (keys.has(key)) continue;
      this.#seen.delete(key);
      this.#answers.delete(key);
      for (const { place, entry } of placed.values()) changes.push({ kind: "gone", at: place, was: entry });
    }
    return changes;
  }

  #answer(key: string, forest: Forest, changes: TreeChange[]): void {
    const was = this.#answers.get(key) ?? "whole";
    this.#answers.set(key, forest.answer);
    if (was !== forest.answer) changes.push({ kind: "answer", forest });
  }

  #compare(key: string, { forest, entries }: ForestAnswer, changes: TreeChange[]): void {
    const before = this.#seen.get(key) ?? new Map<string, Placed>();
    const now = placedOf(forest, entries);
    this.#seen.set(key, now);
    for (const [at, { place, entry }] of now) {
      const was = before.get(at)?.entry;
      if (was === undefined) changes.push({ kind: "appeared", at: place, is: entry });
      else if (was.generation !== entry.generation)
        changes.push({ kind: "restarted", at: place, was, is: entry });
      else if (was.status !== entry.status || nodeOf(was) !== nodeOf(entry))
        changes.push({ kind: "changed", at: place, was, is: entry });
    }
    // Of what is cut, those that are missing may be there.
    if (forest.answer === "cut") return;
    for (const [at, { place, entry }] of before)
      if (!now.has(at)) changes.push({ kind: "gone", at: place, was: entry });
  }
}

function placedOf(forest: Forest, entries: readonly SupervisedReport[]): Map<string, Placed> {
  const placed = new Map<string, Placed>();
  const path: string[] = [];
  for (const entry of entries) {
    path.length = Math.min(path.length, entry.depth);
    path.push(entry.name);
    let key = JSON.stringify(path);
    // Several supervisors of a node may have one name.
    while (placed.has(key)) key += "'";
    placed.set(key, { place: { node: forest.node, path: [...path] }, entry });
  }
  return placed;
}

function keyOf({ node: { host, port, instance } }: Forest): string {
  return `${host} ${port} ${instance}`;
}

function nodeOf({ node }: SupervisedReport): bigint | undefined {
  return node?.instance;
}
