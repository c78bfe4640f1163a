import { expect, test } from "@jest/globals";
import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { readTree, type WireTree, writeTree } from "./wire-tree.testing.ts";

const json = fc.anything({ withBigInt: false, withTypedArray: false, withNullPrototype: false, maxDepth: 3 });

test("the tree of a message writes the same message", () => {
  fc.assert(
    fc.property(json, (value) => {
      const bytes = encode(value, { ignoreUndefined: true });
      const tree = readTree(bytes);
      expect(tree && [...writeTree(tree)]).toEqual([...bytes]);
    }),
  );
});

test.each([
  ["05", 0, "05"],
  ["05", 1, "cc05"],
  ["05", 2, "d005"],
  ["05", 99, "d30000000000000005"],
  ["ff", 1, "d0ff"],
  ["a161", 1, "d90161"],
  ["a161", 3, "db0000000161"],
  ["c40161", 2, "c60000000161"],
  ["9105", 1, "dc000105"],
  ["9105", 2, "dd0000000105"],
  ["8105c0", 1, "de000105c0"],
  ["cd1234", 1, "d11234"],
])("%s is %s steps wider %s", (hex, wider, expected) => {
  const tree = readTree(new Uint8Array(Buffer.from(hex, "hex")));
  const bytes = writeTree({ ...tree, wider } as WireTree);
  expect(Buffer.from(bytes).toString("hex")).toBe(expected);
  expect(readTree(bytes)).toBeDefined();
});

test("bytes that are no value, or more than one, have no tree", () => {
  for (const hex of ["", "c1", "91", "a161a161", "ddffffffff", "d9", "c70500"]) {
    expect(readTree(new Uint8Array(Buffer.from(hex, "hex")))).toBe(undefined);
  }
});
