// Supervisors of one process. What they have in common with those of a cluster is tested there.
import { expect, test } from "@jest/globals";
import { type ActorRef, addressOf } from "../actors/index.ts";
import { type Probe, ProbeActor, testSystem } from "../actors/probes.testing.ts";
import { child, supervise } from "./index.ts";

test("a supervisor of one process starts its children again, and its handles follow them", async () => {
  const { host, system } = testSystem();
  const lines: string[] = [];
  const supervisor = supervise(system, {
    children: [child("a", ProbeActor, []), child("b", ProbeActor, [], { restart: "temporary" })],
    onEvent: (event) => lines.push(event.kind),
  });
  await host.settle();
  expect(await supervisor.ready).toBe(undefined);
  const a: ActorRef<Probe, "again"> = supervisor.ref("a");
  const before = addressOf(a).id;
  void a.ask(() => {
    throw new Error("no");
  });
  await host.settle();
  expect(addressOf(a).id).not.toBe(before);
  expect(await a.ask((context) => context.generation)).toEqual({ status: "ok", value: 2 });
  expect(lines).toEqual([
    "childStarted",
    "childStarted",
    "ready",
    "childEnded",
    "restarting",
    "childStarted",
  ]);
  const stopped = supervisor.stop();
  await host.settle();
  await stopped;
  expect(system.counters.actors).toBe(0);
  expect(a.tell(() => {}).status).toBe("notSent");
  expect(() => supervisor.add(child("c", ProbeActor, []))).toThrow(RangeError);
});

test("a name is that of one child, and a handle that of an actor", () => {
  const { system } = testSystem();
  const twice = [child("a", ProbeActor, []), child("a", ProbeActor, [])] as const;
  expect(() => supervise(system, { children: twice })).toThrow(RangeError);
  const supervisor = supervise(system, { children: [{ name: "below", supervisor: { children: [] } }] });
  expect(() => supervisor.ref("below" as never)).toThrow("no actor 'below'");
});

test("a watch of a handle is one of the start that is up, and ends with it", async () => {
  const { host, system, spawn } = testSystem();
  const supervisor = supervise(system, { children: [child("a", ProbeActor, [])] });
  await host.settle();
  const signals: string[] = [];
  const watcher = spawn({ signalled: ({ reason }) => void signals.push(reason) });
  const a = supervisor.ref("a");
  watcher.tell((context) => context.watch(a));
  await host.settle();
  void a.ask(() => {
    throw new Error("no");
  });
  await host.settle();
  expect(signals).toEqual(["crashed"]);
});

test("an idempotent ask that is retried reaches the next start", async () => {
  const { host, system } = testSystem();
  const supervisor = supervise(system, { children: [child("a", ProbeActor, [])] });
  await host.settle();
  const a = supervisor.ref("a");
  void a.ask(() => {
    throw new Error("no");
  });
  const retried = a.again((context) => context.generation).retry();
  await host.pass(1000);
  expect(await retried).toEqual({ status: "ok", value: 2 });
});
