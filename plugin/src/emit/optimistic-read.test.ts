import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "@jest/globals";
import * as codec from "../../../fixtures/wire/positions/input.codec.ts";
import { values } from "../../../fixtures/wire/positions/values.ts";
import { referenceDecode } from "../property/reference-decode.testing.ts";
import type { NumberName, Shape } from "../property/shape.testing.ts";

function struct(fields: Readonly<Record<string, NumberName | "boolean">>): Shape {
  const shapes = Object.entries(fields).map(([name, type]) => ({
    name,
    optional: false,
    shape: type === "boolean" ? ({ kind: type } as const) : ({ kind: "named number", name: type } as const),
  }));
  return { kind: "struct", fields: shapes };
}

const types = [
  { name: "Position", decode: codec.decodePosition, encode: codec.encodePosition, values: values.Position },
  { name: "Unit", decode: codec.decodeUnit, encode: codec.encodeUnit, values: values.Unit },
] as const;

const shapes: Readonly<Record<(typeof types)[number]["name"], Shape>> = {
  Position: struct({ x: "i16", y: "i16" }),
  Unit: struct({ id: "u16", kind: "u8", alive: "boolean", dx: "i8", score: "i32", seen: "u32" }),
};

/** The bytes with something else in the place of each one, and cut off before each one. */
function* altered(bytes: Uint8Array): Generator<Uint8Array> {
  for (let place = 0; place < bytes.length; place++) {
    yield bytes.subarray(0, place);
    for (let byte = 0; byte < 256; byte++) yield bytes.with(place, byte);
    for (const wide of [[0xd1, 0, 5], [0xd3, 0, 0, 0, 0, 0, 0, 0, 5], [0xcc], []])
      yield new Uint8Array([...bytes.subarray(0, place), ...wide, ...bytes.subarray(place + 1)]);
  }
  yield new Uint8Array([...bytes, 0xc0]);
}

describe.each(types)("the attempt at $name", ({ name, decode, encode, values }) => {
  test("and the careful reader behind it make of any altered message what an independent reader makes", () => {
    let [accepted, refused] = [0, 0];
    for (const value of values) {
      for (const bytes of altered((encode as (value: unknown) => Uint8Array)(value).slice())) {
        const expected = referenceDecode(shapes[name], bytes);
        let actual: { value: unknown } | undefined;
        try {
          actual = { value: decode(bytes) };
        } catch (error) {
          expect((error as Error).name).toBe("DecodeError");
        }
        if (!isDeepStrictEqual(actual, expected))
          throw new Error(`${Buffer.from(bytes).toString("hex")}: ${JSON.stringify({ actual, expected })}`);
        if (actual) accepted++;
        else refused++;
      }
    }
    expect(accepted).toBeGreaterThan(1000);
    expect(refused).toBeGreaterThan(1000);
  });
});
