import { afterEach, describe, expect, test } from "@jest/globals";
import type { Pulse } from "../../cluster/pulse.ts";
import { NodePulse, type PulseOptions } from "./node-pulse.ts";
import { PulseThread } from "./pulse-thread.ts";
import { type StartedPulse, startPulse } from "./start-pulse.ts";

const peer = { host: "127.0.0.1", port: 1, instance: 1n };
const open: Pulse[] = [];
const deadlineMs = 15_000;

afterEach(async () => {
  await Promise.all(open.splice(0).map((pulse) => pulse.close()));
});

async function started(more: Partial<PulseOptions> = {}): Promise<StartedPulse> {
  const pulse = await startPulse({ host: "127.0.0.1", ...more });
  if (pulse === undefined) throw new Error("no thread");
  open.push(pulse);
  return pulse;
}

function answerOf(asker: Pulse, asked: StartedPulse, host = "127.0.0.1"): Promise<number> {
  return new Promise((resolve) => {
    asker.onAnswer = (_, lagMs) => resolve(lagMs);
    asker.ask(peer, { host, ...asked.place });
  });
}

/** Nobody tells of an answer that does not come: it is only counted. */
async function unanswered(pulse: Pulse, count: number): Promise<void> {
  const untilMs = performance.now() + deadlineMs;
  while (pulse.counters.unanswered !== count) {
    if (performance.now() > untilMs) throw new Error(`there were ${JSON.stringify(pulse.counters)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe("the pulse of a node", () => {
  test("asks others and answers them, and counts both", async () => {
    const [one, other] = [await started(), await started()];
    expect(await answerOf(one, other)).toBeLessThan(5000);
    expect(one.counters).toMatchObject({ asked: 1, heard: 1, unanswered: 0 });
    expect(other.counters).toMatchObject({ asked: 0, answered: 1 });
  });

  test("has a port and a token of its own", async () => {
    const [one, other] = [await started(), await started({ advertisePort: 7777 })];
    expect(one.place.port).not.toBe(0);
    expect(one.place.token).toHaveLength(32);
    expect(other.place.token).not.toEqual(one.place.token);
    expect(other.place.port).toBe(7777);
  });

  test("asks who is under a name, in whatever way the node looks names up", async () => {
    const resolver = { addresses: async () => ["127.0.0.1"], services: async () => [] };
    const [one, other] = [await started({ resolver }), await started()];
    expect(await answerOf(one, other, "there.example")).toBeLessThan(5000);
  });

  test("asks one question of a peer at a time, and none of a place that is none", async () => {
    const [one, other] = [await started(), await started()];
    const answer = answerOf(one, other);
    one.ask(peer, { host: "127.0.0.1", ...other.place });
    one.ask({ ...peer, port: 2 }, { host: "127.0.0.1", port: 0, token: other.place.token });
    one.ask({ ...peer, port: 3 }, { host: "127.0.0.1", port: 1, token: new Uint8Array(3) });
    await answer;
    expect(one.counters).toMatchObject({ asked: 1, heard: 1, notAsked: 3 });
    await answerOf(one, other);
    expect(one.counters).toMatchObject({ asked: 2, heard: 2 });
  });

  test("counts what nobody answers, be it for a name, a port or a token", async () => {
    const resolver = {
      addresses: (name: string) =>
        name === "nowhere.example" ? Promise.reject(new Error("ENOTFOUND")) : Promise.resolve([name]),
      services: async () => [],
    };
    const [one, other] = [await started({ resolver }), await started()];
    const { port, token } = other.place;
    one.ask(peer, { host: "nowhere.example", port, token });
    one.ask({ ...peer, port: 2 }, { host: "127.0.0.1", port: 1, token });
    one.ask({ ...peer, port: 3 }, { host: "127.0.0.1", port, token: new Uint8Array(32) });
    await unanswered(one, 3);
    expect(other.counters.forged).toBe(1);
  });

  test("says so when the loop was late", async () => {
    const pulse = await started();
    const late = new Promise<number>((resolve) => {
      pulse.onStalled = resolve;
    });
    const end = performance.now() + 400;
    while (performance.now() < end);
    expect(pulse.lagMs).toBeGreaterThan(100);
    expect(await late).toBeGreaterThan(200);
  });
});

describe("the port", () => {
  test("is free when the pulse is closed", async () => {
    const first = await started();
    const { port } = first.place;
    await first.close();
    const again = await started({ port });
    expect(again.place.port).toBe(port);
  });

  test("is that of the address that a name stands for", async () => {
    const resolver = {
      addresses: (name: string) =>
        name === "here.example" ? Promise.resolve(["127.0.0.1"]) : Promise.reject(new Error("ENOTFOUND")),
      services: async () => [],
    };
    const named = await started({ host: "here.example", resolver });
    expect(await answerOf(await started(), named)).toBeLessThan(5000);
    await expect(started({ host: "nowhere.example", resolver })).rejects.toMatchObject({
      name: "NetworkError",
    });
  });

  test("that is taken is an error", async () => {
    const { port } = (await started()).place;
    await expect(started({ port })).rejects.toMatchObject({ name: "NetworkError", code: "unavailable" });
  });
});

describe("the thread", () => {
  test("is one for all nodes of the process, and ends with the last of them", async () => {
    const one = await started();
    const thread = PulseThread.get();
    const other = await started();
    expect(PulseThread.get()).toBe(thread);
    const { port } = one.place;
    await one.close();
    expect(await answerOf(await started({ port }), other)).toBeLessThan(5000);
    expect(PulseThread.get()).toBe(thread);
    await Promise.all(open.splice(0).map((pulse) => pulse.close()));
    const again = await started();
    expect(PulseThread.get()).not.toBe(thread);
    expect(await answerOf(again, again)).toBeLessThan(5000);
  });

  test("that is just starting can be closed", async () => {
    const [one, other] = [new NodePulse({ host: "127.0.0.1" }), new NodePulse({ host: "127.0.0.1" })];
    open.push(other);
    await one.close();
    await one.started;
    expect(one.place).toBeUndefined();
    await other.started;
    expect(other.place?.port).not.toBe(0);
  });

  test("says where it is as soon as it is there", async () => {
    const pulse = new NodePulse({ host: "127.0.0.1" });
    open.push(pulse);
    expect(pulse.place).toBeUndefined();
    const port = await new Promise((resolve) => {
      pulse.onPlace = () => resolve(pulse.place?.port);
    });
    expect(port).not.toBe(0);
  });
});

test("closing twice, and asking afterwards, does nothing", async () => {
  const pulse = await started();
  await Promise.all([pulse.close(), pulse.close()]);
  pulse.ask(peer, { host: "127.0.0.1", ...pulse.place });
  expect(pulse.counters).toMatchObject({ asked: 0, notAsked: 1 });
});
