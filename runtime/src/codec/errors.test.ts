// How errors read: path, offset, what was expected, and nothing in them that a terminal would obey.
import { describe, expect, test } from "@jest/globals";
import {
  beginDecode,
  DecodeError,
  type DecodeErrorCode,
  decodeErrorCodes,
  EncodeError,
  encodeErrorCodes,
  encodeTooDeep,
  fail,
  inside,
  jsonI32,
  mismatch,
  missingField,
  readI32,
  rooted,
  stringifyJson,
  unknownTag,
  unknownVariant,
  within,
  withinField,
  withinType,
} from "./index.ts";
import { pathTextMax } from "./limits.ts";
import { bytesOf, decoded, encoded, type PrimitiveName, primitive, thrown } from "./primitives.testing.ts";

const refuse = () => jsonI32("x" as never);

/** An error of an encoding on its way out through these keys, innermost first, to the type at the top. */
function leaving(run: () => unknown, ...keys: readonly (string | number)[]): Error {
  return withinType(along(thrown(run), ...keys), "Value") as Error;
}

/** An error on its way out through these keys, innermost first. */
function along(error: unknown, ...keys: readonly (string | number)[]): Error {
  return keys.reduce(within, error) as Error;
}

describe("a decode error", () => {
  test("says where, what was expected and what was found", () => {
    const r = beginDecode("Order", bytesOf(`${"00".repeat(41)}a178`));
    r.offset = 41;
    const error = along(
      thrown(() => readI32(r)),
      "qty",
      3,
      "items",
    );
    expect(error).toBeInstanceOf(DecodeError);
    expect(error).toMatchObject({
      name: "DecodeError",
      code: "wrongType",
      offset: 41,
      path: "Order.items[3].qty",
    });
    expect(error.message).toBe("Cannot decode Order.items[3].qty: expected i32, found str at offset 41");
    expect(error.stack?.split("\n")[0]).toBe(`DecodeError: ${error.message}`);
  });

  const found: readonly (readonly [PrimitiveName, string, string])[] = [
    ["i32", "", "truncated"],
    ["i32", "c0", "expected i32, found nil"],
    ["i32", "c3", "expected i32, found bool"],
    ["i32", "cb", "expected i32, found float"],
    ["i32", "c1", "reserved byte"],
    ["u8", "ff", "expected u8, found an integer beyond it"],
    ["boolean", "05", "expected boolean, found integer"],
    ["boolean", "90", "expected boolean, found array"],
    ["string", "80", "expected string, found map"],
    ["string", "c400", "expected string, found bin"],
    ["bytes", "a0", "expected bytes, found str"],
    ["null", "d40000", "expected null, found ext"],
    ["date", "ce00000000", "expected date, found integer"],
    ["date", "d60100000000", "expected date, found ext"],
    ["date", "d5ff0000", "a timestamp has 4, 8 or 12 bytes"],
    ["date", "d7ff0000000400000000", "expected a date of whole milliseconds, found a fraction of one"],
    [
      "date",
      "c70cff3b9aca000000000000000000",
      "expected a date of whole milliseconds, found a fraction of one",
    ],
    ["date", "c70cff000f4240000007dba8218000", "expected date, found a time beyond what a Date holds"],
    ["string", "a1ff", "invalid utf8"],
    ["f64", "cf0020000000000001", "expected f64, found an integer beyond it"],
  ];

  test.each(found)("of %s for %s: %s", (name, hex, detail) => {
    const error = thrown(() => decoded(primitive(name).read, bytesOf(hex)));
    expect(error).toMatchObject({ message: `Cannot decode Value: ${detail} at offset 0` });
  });

  test.each([undefined, null, "c0", [0xc0], {}, new Uint16Array(1), new ArrayBuffer(1)])(
    "for %p",
    (input) => {
      const error = thrown(() => beginDecode("Value", input as Uint8Array));
      expect(error).toMatchObject({ name: "DecodeError", code: "wrongInput", offset: 0 });
    },
  );

  test("has a code of the closed list, each with a sentence", () => {
    for (const [code, sentence] of Object.entries({ ...decodeErrorCodes, ...encodeErrorCodes })) {
      expect(code).toMatch(/^[a-z][A-Za-z0-9]+$/);
      expect(sentence).toMatch(/^[A-Z].{10,100}\.$/);
    }
    const r = beginDecode("Value", new Uint8Array());
    const codes = Object.keys(decodeErrorCodes) as DecodeErrorCode[];
    expect(codes.map((code) => fail(r, code).code)).toEqual(codes);
    expect(fail(r, "trailingBytes").message).toBe("Cannot decode Value: trailing bytes at offset 0");
  });

  test("of a struct or union names the property", () => {
    const r = beginDecode("Value", new Uint8Array());
    expect(withinField(missingField(r), "id")).toMatchObject({ code: "missingField", path: "Value.id" });
    expect(withinField(unknownVariant(r, 9), "type")).toMatchObject({
      code: "unknownVariant",
      path: "Value.type",
    });
  });
});

describe("an encode error", () => {
  const refused: readonly (readonly [PrimitiveName, unknown, string, string])[] = [
    ["i32", "5", "wrongType", "expected i32, found string"],
    ["i32", 1.5, "outOfRange", "expected i32, found 1.5"],
    ["i32", Number.NaN, "outOfRange", "expected i32, found NaN"],
    ["i32", 2_147_483_648, "outOfRange", "expected i32, found 2147483648"],
    ["i32", 5n, "wrongType", "expected i32, found bigint"],
    ["i32", undefined, "wrongType", "expected i32, found undefined"],
    ["i32", null, "wrongType", "expected i32, found null"],
    ["i32", Symbol("s"), "wrongType", "expected i32, found symbol"],
    ["i32", [], "wrongType", "expected i32, found array"],
    ["i32", new Date(), "wrongType", "expected i32, found object"],
    ["i8", 128, "outOfRange", "expected i8, found 128"],
    ["u8", -1, "outOfRange", "expected u8, found -1"],
    ["u32", -1, "outOfRange", "expected u32, found -1"],
    ["int", 2 ** 53, "outOfRange", "expected int, found 9007199254740992"],
    ["int", Number.POSITIVE_INFINITY, "outOfRange", "expected int, found Infinity"],
    ["i64", 2n ** 63n, "outOfRange", "expected i64, found bigint"],
    ["u64", -1n, "outOfRange", "expected u64, found bigint"],
    ["i64", 5, "wrongType", "expected i64, found 5"],
    ["bigint", 2n ** 16_383n, "tooManyDigits", "expected a bigint of at most 16384 bits, found bigint"],
    ["f32", 1e300, "outOfRange", "expected f32, found 1e+300"],
    ["f64", "1", "wrongType", "expected f64, found string"],
    ["number", new Number(1), "wrongType", "expected number, found object"],
    ["boolean", 0, "wrongType", "expected boolean, found 0"],
    ["string", 5, "wrongType", "expected string, found 5"],
    ["string", "\ud800", "loneSurrogate", "lone surrogate"],
    ["bytes", [1], "wrongType", "expected bytes, found array"],
    ["bytes", new Uint16Array(1), "wrongType", "expected bytes, found object"],
    ["null", undefined, "wrongType", "expected null, found undefined"],
    ["date", new Date(Number.NaN), "outOfRange", "expected date, found an invalid Date"],
    ["date", 0, "wrongType", "expected date, found 0"],
    ["date", "1970-01-01T00:00:00.000Z", "wrongType", "expected date, found string"],
  ];

  test.each(refused)("of %s for %p: %s", (name, value, code, detail) => {
    const error = thrown(() => encoded(primitive(name).put, value));
    expect(error).toBeInstanceOf(EncodeError);
    expect(error).toMatchObject({ name: "EncodeError", code, message: `Cannot encode Value: ${detail}` });
    expect(primitive(name).check(value)).toBeDefined();
  });

  test("learns its path on the way out", () => {
    const error = leaving(refuse, "qty", 3, "items");
    expect(error.message).toBe("Cannot encode Value.items[3].qty: expected i32, found string");
    expect(
      thrown(() =>
        encoded(() => {
          throw withinField(unknownTag(), "kind");
        }, 0),
      ),
    ).toMatchObject({ path: "Value.kind" });
    expect(encodeTooDeep()).toMatchObject({ code: "tooDeep" });
  });

  test("survives being cloned to another thread, message and all", () => {
    const error = structuredClone(leaving(refuse, "qty"));
    expect(error.message).toBe("Cannot encode Value.qty: expected i32, found string");
  });
});

describe("a path", () => {
  test.each([
    ["name", ".name"],
    ["$_1", ".$_1"],
    ["__proto__", ".__proto__"],
    ["1a", '["1a"]'],
    ["", '[""]'],
    ["a.b", '["a.b"]'],
    ["a b", '["a b"]'],
    ['"]', '["\\"]"]'],
    ["é", '["é"]'],
    ["\n", '["\\n"]'],
    ["\u001b[31m", '["\\u001b[31m"]'],
    ["\u009b31m", '["\\u{9b}31m"]'],
    ["\u007f", '["\\u{7f}"]'],
    ["a\u202eb", '["a\\u{202e}b"]'],
    ["\u2028", '["\\u{2028}"]'],
    ["имя", '["имя"]'],
    ["\u{e0001}", '["\\u{e0001}"]'],
    ["\ud800", '["\\ud800"]'],
    [3, "[3]"],
    ["x".repeat(65), `["${"x".repeat(64)}…"]`],
  ])("shows the key %j as %s", (key, segment) => {
    expect(leaving(refuse, key)).toMatchObject({ path: `Value${segment}` });
    expect(rooted("Value", inside(mismatch("i32"), key))).toEqual({
      path: `Value${segment}`,
      expected: "i32",
    });
  });

  test("leaves out its middle when it is long", () => {
    const keys = Array.from({ length: 5000 }, (_, i) => `key${i}`);
    const { path } = leaving(refuse, ...keys) as EncodeError;
    expect(path.length).toBeLessThan(pathTextMax + 10);
    expect(path.startsWith("Value.key4999.key4998")).toBe(true);
    expect(path.endsWith(".key1.key0")).toBe(true);
    expect(path.split("…").length).toBe(2);
  });

  test("is added to errors of ours alone", () => {
    const other = new Error("of a getter");
    expect(within(other, "key")).toBe(other);
    expect(other.message).toBe("of a getter");
    expect(within(undefined, "key")).toBeUndefined();
  });

  test("begins with the type whose encoding failed, also where another one goes on around it", () => {
    const failing = (root: string, key: string, before?: () => void) => () => {
      try {
        before?.();
        return jsonI32(0.5);
      } catch (error) {
        throw withinType(within(error, key), root);
      }
    };
    const inner = failing("Inner", "inner");
    expect(thrown(inner)).toMatchObject({ path: "Inner.inner" });
    expect(thrown(failing("Outer", "outer", inner))).toMatchObject({ path: "Inner.inner" });
    const caught = failing("Outer", "outer", () => thrown(inner));
    expect(thrown(caught)).toMatchObject({ path: "Outer.outer" });
    expect(thrown(() => stringifyJson("Outer", inner, 0.5))).toMatchObject({ path: "Inner.inner" });
  });

  test("of no mismatch is none", () => {
    expect(rooted("Value", inside(undefined, "key"))).toBeUndefined();
  });
});
