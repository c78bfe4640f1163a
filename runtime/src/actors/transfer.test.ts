// What happens to values on the way from one actor to another of the same process.
import { describe, expect, test } from "@jest/globals";
import type { Codec } from "../codec/index.ts";
import { bytes, integer, text, tuple } from "./codecs.testing.ts";
import type { ActorContext, ActorDefinition, Reply, Told } from "./index.ts";
import { ActorHandle, defineActor, port } from "./index.ts";
import { testSystem } from "./probes.testing.ts";
import type { TransferMode } from "./transfer.ts";

interface Note {
  readonly text: string;
}

let codecRuns = 0;
const note: Codec<Note> = {
  name: "Note",
  fingerprint: "n1",
  write: (w, p, value, depth) => {
    codecRuns++;
    return text.write(w, p, value.text, depth);
  },
  read: (r, depth) => {
    codecRuns++;
    return { text: text.read(r, depth) };
  },
};

class Keeper {
  readonly context: ActorContext;
  readonly kept: unknown[] = [];
  constructor(context: ActorContext, first: Note) {
    this.context = context;
    this.kept.push(first);
  }
  keep(value: Note): void {
    this.kept.push(value);
  }
  blob(value: Uint8Array): Uint8Array {
    this.kept.push(value);
    return value;
  }
  count(value: number): number {
    return value + 0.5;
  }
}

class KeeperHandle extends ActorHandle {
  keep(value: Note): Told {
    return this[port].tell(0, [value]);
  }
  blob(value: Uint8Array): Reply<Uint8Array> {
    return this[port].ask(1, [value]);
  }
  count(value: number): Reply<number> {
    return this[port].ask(2, [value]);
  }
}

const KeeperActor: ActorDefinition<Keeper, readonly [first: Note]> = defineActor({
  name: "test/Keeper",
  fingerprint: "k1",
  handle: KeeperHandle,
  args: tuple("Keeper.constructor", note),
  methods: [
    {
      name: "keep",
      kind: "tell",
      parameters: tuple("Keeper.keep", note),
      run: (actor: Keeper, args: readonly [value: Note]) => actor.keep(args[0]),
    },
    {
      name: "blob",
      kind: "ask",
      parameters: tuple("Keeper.blob", bytes),
      result: bytes,
      run: (actor: Keeper, args: readonly [value: Uint8Array]) => actor.blob(args[0]),
    },
    {
      name: "count",
      kind: "ask",
      parameters: tuple("Keeper.count", integer),
      result: integer,
      run: (actor: Keeper, args: readonly [value: number]) => actor.count(args[0]),
    },
  ],
});

function keeper(transfer: TransferMode, first: Note = { text: "first" }) {
  codecRuns = 0;
  const { host, system, reports } = testSystem({ transfer });
  const ref = system.spawn(KeeperActor.from(Keeper), [first]);
  const { kept } = system.find(1)!.actor as Keeper;
  return { host, system, reports, ref, kept };
}

describe("values between actors of one process", () => {
  test("are the very same where they are immutable, and no codec runs", async () => {
    const first = { text: "first" };
    const { host, ref, kept } = keeper("shared", first);
    const second = { text: "second" };
    ref.keep(second);
    await host.settle();
    expect(kept[0]).toBe(first);
    expect(kept[1]).toBe(second);
    expect(codecRuns).toBe(0);
  });

  test("are copies where they can be changed, both ways", async () => {
    const { ref, kept } = keeper("shared");
    const mine = Uint8Array.of(1, 2);
    const outcome = await ref.blob(mine);
    const theirs = kept[1] as Uint8Array;
    expect(theirs).toEqual(mine);
    expect(theirs).not.toBe(mine);
    expect(outcome).toEqual({ status: "ok", value: mine });
    expect(outcome.status === "ok" && outcome.value).not.toBe(theirs);
  });

  test("are held against their types and frozen in development", async () => {
    const { host, system, ref, kept, reports } = keeper("checked");
    const given = { text: "a" };
    ref.keep(given);
    await host.settle();
    expect(kept[1]).toBe(given);
    expect(Object.isFrozen(given)).toBe(true);

    expect(ref.keep({ text: 7 } as never).status).toBe("notSent");
    expect(system.counters.notSent).toBe(1);
    expect(String(reports[0]?.error)).toContain("Keeper.keep[0]");
    expect(await ref.count("x" as never)).toMatchObject({ status: "notSent", reason: "invalid" });
    const result = await ref.count(1);
    expect(result).toMatchObject({ status: "failed" });
    expect(() => system.spawn(KeeperActor.from(Keeper), [{ text: 7 } as never])).toThrow(
      "Keeper.constructor[0]",
    );
  });

  test("go through their codecs in simulations", async () => {
    const { host, ref, kept } = keeper("recoded");
    const given = { text: "a" };
    ref.keep(given);
    await host.settle();
    expect(kept[1]).toEqual(given);
    expect(kept[1]).not.toBe(given);
    expect(codecRuns).toBe(4);
  });
});

describe("messages from elsewhere", () => {
  test("reach the actor of their id, and their outcomes go back", async () => {
    const { system } = keeper("shared");
    const ask = (actor: number, method: number): Promise<unknown> =>
      new Promise((settled) => system.deliver({ actor, method, args: [Uint8Array.of(1)], settled }));
    expect(await ask(1, 1)).toMatchObject({ status: "ok" });
    expect(await ask(9, 1)).toMatchObject({ status: "rejected", reason: "noSuchActor" });
    expect(await ask(1, 9)).toMatchObject({ status: "rejected", reason: "unsupported" });
  });

  test("that are tells say when they have left the mailbox", async () => {
    const { host, system, kept } = keeper("shared");
    const left: unknown[] = [];
    system.deliver({
      actor: 1,
      method: 0,
      args: [{ text: "a" }],
      settled: (outcome) => left.push(outcome.status),
    });
    expect(left).toEqual([]);
    await host.settle();
    expect(left).toEqual(["ok"]);
    expect(kept).toHaveLength(2);
  });
});
