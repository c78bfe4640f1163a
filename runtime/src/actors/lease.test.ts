// What an actor whose lease has run out does no more.
import { describe, expect, test } from "@jest/globals";
import { gate, Probe, ProbeActor, type ProbeRef, testSystem } from "./probes.testing.ts";

function leased() {
  const all = testSystem();
  const lease = { isHeld: true };
  const cell = all.system.start(ProbeActor.from(Probe), [{}], { lease });
  return { ...all, lease, ref: all.system.refOf(cell) as ProbeRef };
}

describe("an actor whose lease has run out", () => {
  test("handles nothing more, nor do those that it started, and that is reported", async () => {
    const { host, reports, lease, ref, system } = leased();
    const seen: string[] = [];
    let child: ProbeRef | undefined;
    await ref.ask((context) => {
      child = context.spawn(ProbeActor, []);
    });
    ref.tell(() => void seen.push("parent"));
    child!.tell(() => void seen.push("child"));
    lease.isHeld = false;
    await host.settle();
    expect(seen).toEqual([]);
    expect(system.counters.actors).toBe(0);
    expect(reports.map(({ event }) => event)).toContain("leaseLost");
  });

  test("stops between two messages of one turn", async () => {
    const { host, lease, ref } = leased();
    const seen: number[] = [];
    for (let i = 0; i < 5; i++) {
      ref.tell(() => {
        seen.push(i);
        lease.isHeld = i < 2;
      });
    }
    await host.settle();
    expect(seen).toEqual([0, 1, 2]);
  });

  test("answers nothing that it was at: whoever asked is told that nobody knows", async () => {
    const { host, lease, ref } = leased();
    const { opened, open } = gate();
    const reply = ref.ask(() => opened.then(() => "too late"));
    await host.settle();
    lease.isHeld = false;
    open();
    expect(await reply).toMatchObject({
      status: "unknown",
      text: "The actor lost its lease before it answered.",
    });
    await host.settle();
  });
});
