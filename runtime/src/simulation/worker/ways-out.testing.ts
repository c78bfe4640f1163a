// A system whose programs try what simulated code may and may not do; the pair of a send says what.

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { SimulatedNode, SimulatedSystem } from "../system.ts";

type Attempt = (node: SimulatedNode) => unknown;

const attempts: readonly Attempt[] = [
  // 0: what is allowed, with everything that time and chance show of themselves.
  async (node) => {
    const seen: unknown[] = [Date.now(), new Date().toISOString(), performance.now(), Math.random()];
    seen.push(crypto.randomUUID(), crypto.getRandomValues(new Uint8Array(4)).join(), process.hrtime.bigint());
    const begin = Date.now();
    await sleep(10_000);
    await new Promise((resolve) => setTimeout(resolve, 3_600_000));
    seen.push(Math.round((Date.now() - begin) / 100_000));
    let ticks = 0;
    const timer = setInterval(() => ++ticks === 3 && clearInterval(timer), 50);
    setTimeout(() => node.note(`ticks ${ticks}`), 1000).unref();
    clearTimeout(setTimeout(() => node.fail("cleared", "a cleared timer fired"), 1));
    for (let depth = 0; depth < 500; depth++) await undefined;
    node.note(`saw ${seen.join(" ")}`);
  },
  () => connect(1, "127.0.0.1"),
  () => readFile("/etc/hosts"),
  () => readFileSync("/etc/hosts"),
  () => fetch("http://127.0.0.1:1/"),
  () => crypto.subtle.digest("SHA-256", new Uint8Array(1)),
  () => new Worker("nothing"),
  async () => Promise.reject(new RangeError("nobody waits for me")),
  () => {
    queueMicrotask(() => {
      throw new RangeError("in a microtask");
    });
  },
  // 9: a chain of promises is one event, whatever else is due.
  async (node) => {
    let other = 0;
    node.process.setTimer(0, () => other++);
    for (let depth = 0; depth < 1000; depth++) await undefined;
    if (other > 0) node.fail("turns", "another event came into the middle of a chain of promises");
  },
];

/** Stands for the class that browsers have; Node's is in a module. */
const Worker = globalThis.BroadcastChannel;

const system: SimulatedSystem = {
  calmMs: 4_000_000,
  checkers: () => [],
  start: (node) => ({
    send({ pair }) {
      if (node.process.start === 1) void attempts[pair]?.(node);
    },
  }),
};
export default system;
