import { describe, expect, test } from "@jest/globals";
import { beginDecode, beginEncode, type DecodeOptions, endDecode, endEncode } from "../codec/index.ts";
import { ActorHandle, type ActorRef } from "./actor-ref.ts";
import type { Outcome } from "./outcome.ts";
import { type ActorAddress, addressOf, port } from "./port.ts";
import { checkActorRef, fromJsonActorRef, jsonActorRef, putActorRef, readActorRef } from "./ref-codec.ts";
import type { Reply } from "./reply.ts";
import type { Told } from "./told.ts";
import { unboundPort } from "./unbound.ts";

class Counter {
  add(amount: number): number {
    return amount;
  }
  note(): void {}
}

class CounterHandle extends ActorHandle {
  add(amount: number): Reply<number> {
    return this[port].ask(0, [amount]);
  }
  note(): Told {
    return this[port].tell(1, []);
  }
}

const counter = { name: "counter/Counter", handle: CounterHandle };
const other = { name: "other/Other", handle: CounterHandle };

function handleOf(address: ActorAddress): ActorRef<Counter> {
  return new CounterHandle(unboundPort(address));
}

function encoded(ref: ActorRef<Counter>): Uint8Array {
  const w = beginEncode();
  return endEncode(w, putActorRef(w, w.start, ref, counter), { copy: true });
}

function decoded(bytes: Uint8Array, options?: DecodeOptions, type = counter): CounterHandle {
  const r = beginDecode("Ref", bytes, options);
  const ref = readActorRef(r, type);
  endDecode(r);
  return ref;
}

const addresses: readonly ActorAddress[] = [
  { actor: counter.name, id: 0 },
  { actor: counter.name, id: 7, node: "10.0.0.1:9100#aa" },
  { actor: counter.name, id: Number.MAX_SAFE_INTEGER, node: "" },
  { actor: counter.name, id: 70_000, node: "x".repeat(300) },
  { actor: counter.name, id: 1, node: "ü☃".repeat(30_000) },
];

describe("the address of an actor", () => {
  test("round-trips", () => {
    for (const address of addresses) expect(addressOf(decoded(encoded(handleOf(address))))).toEqual(address);
  });

  test("round-trips in JSON", () => {
    for (const address of addresses.filter(({ node }) => node !== "")) {
      const text: unknown = JSON.parse(jsonActorRef(handleOf(address), counter));
      expect(addressOf(fromJsonActorRef(text, counter))).toEqual(address);
    }
  });

  test("is the same after three hops", () => {
    const first = encoded(handleOf({ actor: counter.name, id: 3, node: "a:1#1" }));
    expect(encoded(decoded(encoded(decoded(first))))).toEqual(first);
  });

  test("has no proper prefix that passes for one", () => {
    const bytes = encoded(handleOf({ actor: counter.name, id: 300, node: "a:1#1" }));
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decoded(bytes.subarray(0, length))).toThrow(
        expect.objectContaining({ name: "DecodeError" }),
      );
    }
  });

  test("of another kind of actor is refused, in both directions and formats", () => {
    const bytes = encoded(handleOf({ actor: counter.name, id: 1 }));
    expect(() => decoded(bytes, undefined, other)).toThrow(/expected a handle of other\/Other/);
    expect(() => fromJsonActorRef("counter/Counter#1", other)).toThrow(/expected a handle of other\/Other/);
    const w = beginEncode();
    const ref = handleOf({ actor: counter.name, id: 1 });
    expect(() => putActorRef(w, w.start, ref, other)).toThrow(/found one of counter\/Counter/);
    expect(checkActorRef(ref, other)).toEqual({ path: "", expected: "a handle of other/Other" });
    expect(checkActorRef(ref, counter)).toBeUndefined();
  });

  test.each(["", "counter/Counter", "counter/Counter#", "counter/Counter#-1", "#1", "counter/Counter#1.5"])(
    "is not %j in JSON",
    (text) => {
      expect(() => fromJsonActorRef(text, counter)).toThrow(expect.objectContaining({ code: "wrongType" }));
    },
  );

  test("of what is no handle is an error of the encoder", () => {
    const w = beginEncode();
    for (const wrong of [undefined, null, 5, {}, "counter/Counter#1"]) {
      expect(() => putActorRef(w, w.start, wrong as never, counter)).toThrow(
        expect.objectContaining({ name: "EncodeError" }),
      );
      expect(checkActorRef(wrong, counter)).toBeDefined();
    }
  });
});

describe("a handle", () => {
  test("that was decoded without a cluster answers notSent: unbound", async () => {
    const ref = decoded(encoded(handleOf({ actor: counter.name, id: 1 })));
    const reply = ref.add(1);
    const outcome: Outcome<number> = await reply.within(5);
    expect(outcome).toMatchObject({ status: "notSent", reason: "unbound" });
    await expect(reply.orThrow()).rejects.toThrow(/outside of a cluster/);
    const told = ref.note();
    expect(told.status).toBe("notSent");
    if (told.status !== "accepted") await told.ready();
  });

  test("sends by the port that the reader knows", () => {
    const asked: ActorAddress[] = [];
    const own = unboundPort({ actor: counter.name, id: 9 });
    const refs = {
      portTo: (address: ActorAddress) => {
        asked.push(address);
        return own;
      },
    };
    const ref = decoded(encoded(handleOf({ actor: counter.name, id: 4 })), { refs });
    expect(ref[port]).toBe(own);
    expect(asked).toEqual([{ actor: counter.name, id: 4 }]);
  });
});
