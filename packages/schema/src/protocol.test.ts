import { describe, expect, test } from "@jest/globals";
import { plain } from "./build.testing.ts";
import { type MethodMessages, protocolFingerprints, protocolType } from "./protocol.ts";
import type { Tuple } from "./schema.ts";

const tuple = (...names: readonly ("i32" | "string")[]): Tuple => {
  return { kind: "tuple", elements: names.map(plain), required: names.length };
};

const add: MethodMessages = { name: "add", kind: "ask", parameters: tuple("i32"), result: plain("i32") };
const note: MethodMessages = { name: "note", kind: "tell", parameters: tuple("string"), result: undefined };

function printsOf(args: Tuple, ...methods: readonly MethodMessages[]) {
  const declarations = new Map([["worker.ts#Worker", { type: protocolType(args, methods) }]]);
  return protocolFingerprints({ declarations }, "worker.ts#Worker");
}

const before = printsOf(tuple("string"), add, note);

describe("the fingerprints of a protocol's parts", () => {
  test("stay when methods come, go and change places", () => {
    const added = printsOf(tuple("string"), { ...add, name: "subtract" }, note, add);
    expect(added.methods.get("add")).toBe(before.methods.get("add"));
    expect(added.methods.get("note")).toBe(before.methods.get("note"));
    expect(added.construction).toBe(before.construction);
    expect(printsOf(tuple("string"), note).methods).toEqual(new Map([["note", before.methods.get("note")]]));
  });

  test.each<[string, MethodMessages]>([
    ["its parameters", { ...add, parameters: tuple("string") }],
    ["its result", { ...add, result: plain("string") }],
    ["whether it answers with a value", { ...add, result: undefined }],
    ["whether it is asked", { ...note, name: "add", parameters: add.parameters }],
  ])("differ for a method that changes %s, and for no other part", (_, changed) => {
    const after = printsOf(tuple("string"), changed, note);
    expect(after.methods.get("add")).not.toBe(before.methods.get("add"));
    expect(after.methods.get("note")).toBe(before.methods.get("note"));
    expect(after.construction).toBe(before.construction);
  });

  test("differ for a constructor that takes something else, and for no method", () => {
    const after = printsOf(tuple("string", "i32"), add, note);
    expect(after.construction).not.toBe(before.construction);
    expect(after.methods).toEqual(before.methods);
  });
});
