// Nodes as processes of their own, for tests: what happens to them is waited for with a deadline.
import { expect } from "@jest/globals";
import type { Histories } from "./histories.testing.ts";
import type { NodeCommand, NodeEvent } from "./node-program.testing.ts";
import { ProgramProcess } from "./program-process.testing.ts";

type Of<K extends NodeEvent["kind"]> = Extract<NodeEvent, { readonly kind: K }>;

type Start = Omit<NodeCommand & { kind: "start" }, "kind" | "log">;

/** A node in a process of its own. */
export class Node extends ProgramProcess<NodeCommand, NodeEvent> {
  #log: string | undefined;

  /** Answers its port; what happens to it belongs to those histories. */
  async start(histories: Histories, options: Start = {}): Promise<number> {
    this.#log = histories.file();
    return (await this.tell({ kind: "start", log: this.#log, ...options })) as number;
  }
  /** Kills it; it answers for nothing any more. */
  async die(histories: Histories): Promise<void> {
    await this.kill();
    if (this.#log !== undefined) histories.died(this.#log);
  }
  event<K extends NodeEvent["kind"]>(kind: K, isIt: (event: Of<K>) => boolean = () => true): Promise<Of<K>> {
    const found = (event: NodeEvent): event is Of<K> => event.kind === kind && isIt(event as Of<K>);
    return this.next(`${kind}`, found);
  }
  verdict(lane: "control" | "user"): Promise<Of<"verdict">> {
    return this.event("verdict", (event) => event.lane === lane);
  }
  async numbers(count: number): Promise<readonly number[]> {
    const all: number[] = [];
    while (all.length < count) all.push((await this.event("number")).number);
    return all;
  }
}

/** Everybody leaves, one after the other; then no rule may be broken in all that happened. */
export async function expectSoundHistory(nodes: readonly Node[], histories: Histories): Promise<void> {
  for (const node of nodes) if (node.isAlive) await node.tell({ kind: "leave" });
  const { wrong, entries } = histories.judge();
  expect(wrong).toEqual([]);
  expect(entries).toBeGreaterThan(0);
}

/** Messages go from one to the other, in order and unharmed. */
export async function speaks(from: Node, to: Node, first: number, count = 100): Promise<void> {
  expect(await from.tell({ kind: "send", first, count })).toBe(count);
  const expected = Array.from({ length: count }, (_, nth) => first + nth);
  expect(await to.numbers(count)).toEqual(expected);
}

/**
 * What is sent gets through in the end. Lanes come back in their own time, and what is accepted by one that is dead
 * already is lost (and counted): so it is sent until something arrives.
 */
export async function connectedAgain(near: Node, far: Node, first: number): Promise<void> {
  const arrived = far.event("number", ({ number }) => number >= first);
  let isThere = false;
  const done = arrived.finally(() => {
    isThere = true;
  });
  for (let number = first; !isThere; number++) {
    await near.tell({ kind: "send", first: number, count: 1 });
    await Promise.race([done.catch(() => {}), new Promise((resolve) => setTimeout(resolve, 50))]);
  }
  await done.catch((error: Error) => {
    throw new Error(`${error.message}; at the other end ${JSON.stringify(near.untaken)}`);
  });
}
