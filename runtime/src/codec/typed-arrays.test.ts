// Typed arrays of every kind: bytes, texts, memory, look-alikes, machines with another byte order.
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "@jest/globals";
import { decode as oracleDecode, encode as oracleEncode } from "@msgpack/msgpack";
import fc from "fast-check";
import * as codec from "./index.ts";
import { reversed } from "./little-endian.ts";
import { bytesOf, decoded, encoded, hexOf, parsed, stringified, thrown } from "./primitives.testing.ts";

const types = [
  Int8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
] as const;

type Type = (typeof types)[number];
type AnyArray = InstanceType<Type>;

function functionsOf(type: Type) {
  const anyType = type as codec.ArrayType<AnyArray>;
  return {
    put: (w: codec.Writer, p: number, v: ArrayBufferView) => codec.putTypedArray(w, p, v, anyType),
    read: (r: codec.Reader) => codec.readTypedArray(r, anyType),
    json: (v: ArrayBufferView) => codec.jsonTypedArray(v, anyType),
    fromJson: (v: unknown) => codec.fromJsonTypedArray(v, anyType),
    check: (v: unknown) => codec.checkTypedArray(v, anyType),
  };
}

/** Elements of the type from bytes of any value. */
function arrayOf(type: Type, bytes: Uint8Array): AnyArray {
  const width = type.BYTES_PER_ELEMENT;
  return new type(bytes.slice(0, bytes.length - (bytes.length % width)).buffer);
}

/** The elements' bytes, written one by one through a DataView. */
function littleEndian(array: AnyArray): Uint8Array {
  const view = new DataView(new ArrayBuffer(array.byteLength));
  const width = array.BYTES_PER_ELEMENT;
  const name = array.constructor.name.replace("Array", "").replace("Clamped", "") as "Int16" | "BigInt64";
  for (const [i, element] of [...array].entries()) view[`set${name}`](i * width, element as never, true);
  return new Uint8Array(view.buffer);
}

describe.each(types.map((type) => [type.name, type] as const))("%s", (_, type) => {
  const { put, read, json, fromJson, check } = functionsOf(type);
  const width = type.BYTES_PER_ELEMENT;

  test("is a byte string of its elements, little-endian, to every reader", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const array = arrayOf(type, bytes);
        const message = encoded(put, array);
        const elements = Uint8Array.from(oracleDecode(message) as Uint8Array);
        // A NaN of a DataView has bits of the engine's choice.
        if (!type.name.startsWith("Float")) expect(elements).toEqual(littleEndian(array));
        expect(elements).toEqual(new Uint8Array(array.buffer));
        expect(decoded(read, message)).toEqual(array);
        expect(decoded(read, oracleEncode(elements))).toEqual(array);
        expect(stringified(json, array)).toBe(`"${Buffer.from(elements).toString("base64")}"`);
        expect(parsed(fromJson, stringified(json, array))).toEqual(array);
        expect(check(array)).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  test("may be a view on any part of any memory", () => {
    const memory = new SharedArrayBuffer(64);
    new Uint8Array(memory).set(Array.from({ length: 64 }, (_, i) => i));
    const view = new (type as typeof Int8Array)(memory as unknown as ArrayBuffer, width, 3);
    const array = decoded(read, encoded(put, view));
    expect([...array]).toEqual([...view]);
    expect(array.buffer).toBeInstanceOf(ArrayBuffer);
  });

  test("owns its memory when it was decoded, wherever it stood", () => {
    const message = encoded(put, new type(2));
    for (let shift = 0; shift < 8; shift++) {
      const shifted = new Uint8Array(message.length + shift + 3);
      shifted.set(message, shift);
      const array = decoded(read, shifted.subarray(shift, shift + message.length));
      expect([array.length, array.byteOffset, array.buffer.byteLength]).toEqual([2, 0, 2 * width]);
      shifted.fill(0xff);
      expect([...array].map(Number)).toEqual([0, 0]);
    }
  });

  test("is refused where the bytes are no whole number of elements", () => {
    for (let length = 1; length < width; length++) {
      const bytes = encoded(codec.putBytes, new Uint8Array(width + length));
      expect(thrown(() => decoded(read, bytes))).toMatchObject({ code: "wrongLength", offset: 0 });
      const text = stringified(codec.jsonBytes, new Uint8Array(length));
      expect(thrown(() => parsed(fromJson, text))).toMatchObject({ code: "wrongLength" });
    }
  });

  test("is refused where its length claims more than there is, before memory is taken", () => {
    for (const hex of ["c6ffffffff", "c5ffff00", "c4ff", "c410 00", "c4", ""]) {
      expect(thrown(() => decoded(read, bytesOf(hex)))).toMatchObject({ code: "truncated", offset: 0 });
    }
    expect(thrown(() => decoded(read, bytesOf("a0")))).toMatchObject({
      message: `Cannot decode Value: expected ${type.name}, found str at offset 0`,
    });
    expect(thrown(() => parsed(fromJson, '"AA"'))).toMatchObject({ code: "invalidBase64" });
    expect(thrown(() => parsed(fromJson, "[1]"))).toMatchObject({ code: "wrongType" });
  });

  test("is copied into memory of its own", () => {
    const view = new type(
      new type([1, 2, 3].map((n) => (type.name.startsWith("Big") ? BigInt(n) : n)) as never[]).buffer,
      width,
      1,
    );
    const copy = codec.copyTypedArray(view, type as codec.ArrayType<AnyArray>);
    expect([[...copy].map(Number), copy.buffer.byteLength]).toEqual([[2], width]);
    expect(thrown(() => codec.copyTypedArray([] as never, type as codec.ArrayType<AnyArray>))).toMatchObject({
      code: "wrongType",
    });
  });

  test("can be of a subclass or another realm", () => {
    const Sub = class extends (type as typeof Int8Array) {};
    for (const array of [new Sub(1), runInNewContext(`new ${type.name}(1)`)]) {
      expect(check(array)).toBeUndefined();
      expect(decoded(read, encoded(put, array))).toEqual(new type(1));
      expect(stringified(json, array)).toBe(stringified(json, new type(1)));
    }
  });

  const others = [...types, Uint8Array].filter((other) => other !== type).map((other) => new other(0));
  const disguised = Object.defineProperty(new Uint8Array(width), Symbol.toStringTag, { value: type.name });
  test.each([
    ["an object with its prototype", Object.create(type.prototype)],
    ["another array with its prototype", Object.setPrototypeOf(new Uint8Array(width), type.prototype)],
    ["another array that calls itself one", disguised],
    ["an object that calls itself one", { [Symbol.toStringTag]: type.name, length: 0, byteLength: 0 }],
    ["a proxy of one", new Proxy(new type(1), {})],
    ["a DataView", new DataView(new ArrayBuffer(8))],
    ["its memory", new ArrayBuffer(8)],
    ["an array", [0]],
    ["null", null],
    ["undefined", undefined],
    ...others.map((other) => [other.constructor.name, other] as const),
  ])("is not %s", (_, value) => {
    expect(check(value)).toEqual({ path: "", expected: type.name });
    expect(thrown(() => encoded(put, value))).toMatchObject({ name: "EncodeError", code: "wrongType" });
    expect(thrown(() => stringified(json, value))).toMatchObject({ name: "EncodeError", code: "wrongType" });
  });
});

test("a machine of another byte order turns each element around", () => {
  expect(hexOf(reversed(bytesOf("0102030405060708"), 1))).toBe("0102030405060708");
  expect(hexOf(reversed(bytesOf("0102030405060708"), 2))).toBe("0201040306050807");
  expect(hexOf(reversed(bytesOf("0102030405060708"), 4))).toBe("0403020108070605");
  expect(hexOf(reversed(bytesOf("01020304050607081112131415161718"), 8))).toBe(
    "08070605040302011817161514131211",
  );
});

test("an array whose memory is gone has no elements", () => {
  const array = new Float64Array(4);
  structuredClone(array.buffer, { transfer: [array.buffer] });
  expect(hexOf(encoded((w, p, v) => codec.putTypedArray(w, p, v as never, Float64Array), array))).toBe(
    "c400",
  );
});

test("arrays that a message has many of are charged like byte strings", () => {
  const n = 200_000;
  const message = new Uint8Array(2 * n);
  for (let i = 0; i < n; i++) message[2 * i] = 0xc4;
  const r = codec.beginDecode("Value", message);
  const error = thrown(() => {
    for (;;) codec.readTypedArray(r, Float32Array);
  });
  expect(error).toMatchObject({ code: "overBudget" });
});
