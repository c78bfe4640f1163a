// That bounds hold where they are reached.
import { expect, test } from "@jest/globals";
import { cycleSearchMax, mailboxMessagesMax, sendersWaitingMax } from "./limits.ts";
import { gate, type ProbeRef, testSystem } from "./probes.testing.ts";

test("a mailbox holds one message at least, and no more than the largest bound", async () => {
  const { host, spawn, system } = testSystem();
  const small = spawn({}, 0);
  const large = spawn({}, Number.POSITIVE_INFINITY);
  expect(small.reject(() => {}).status).toBe("accepted");
  expect(small.reject(() => {}).status).toBe("notSent");
  expect(system.find(2)?.terms.mailboxMessages).toBe(mailboxMessagesMax);
  expect(large.reject(() => {}).status).toBe("accepted");
  await host.settle();
});

test("so many senders wait for one mailbox, and no more", async () => {
  const { host, spawn, system } = testSystem();
  const { opened, open } = gate();
  const ref = spawn({}, 1);
  void ref.ask(() => opened);
  await host.settle();
  ref.tell(() => {});
  for (let i = 0; i < sendersWaitingMax; i++) {
    const told = ref.tell(() => {});
    if (told.status !== "accepted") void told.ready();
  }
  const beyond = ref.tell(() => {});
  expect(beyond.status).toBe("notSent");
  expect(await ref.ask(() => 1)).toMatchObject({ status: "rejected", reason: "mailboxFull" });
  expect(system.counters.notSent).toBe(1);
  open();
  if (beyond.status !== "accepted") await beyond.ready();
  await host.settle();
  expect(system.counters.handled).toBe(sendersWaitingMax + 2);
});

test("a circle is looked for among so many actors, and beyond them ends when its time is up", async () => {
  const { host, spawn } = testSystem();
  const chainOf = async (length: number): Promise<string> => {
    const refs: ProbeRef[] = Array.from({ length }, () => spawn());
    let status = "";
    const next = async (at: number): Promise<void> => {
      if (at < length) await refs[at]!.ask(() => next(at + 1));
      else status = (await refs[0]!.ask(() => 1)).status;
    };
    void refs[0]!.ask(() => next(1)).within(1_000);
    await host.settle();
    const atOnce = status;
    await host.pass(2_000);
    return atOnce;
  };
  expect(await chainOf(cycleSearchMax - 2)).toBe("rejected");
  expect(await chainOf(cycleSearchMax + 2)).toBe("");
});
