import type { Declaration, Field, Schema, Type, TypedArrayName } from "@hewn/schema";
import { describe, expect, test } from "@jest/globals";
import { encode } from "@msgpack/msgpack";
import { annotate } from "./annotate.ts";
import { annotationTable } from "./annotation-table.ts";

const string: Type = { kind: "string" };
const i32: Type = { kind: "integer", format: "i32" };
const maybe = (type: Type): Type => ({ kind: "maybe", type, null: false, undefined: true });
const field = (name: string, slot: number, type: Type): Field => ({ name, slot, type, optional: false });

function schemaOf(types: Readonly<Record<string, Type>>): Schema {
  const declarations = Object.entries(types).map(([id, type]): [string, Declaration] => [
    id,
    { id, name: id, scope: "wire", origin: { file: "/x.ts", name: id }, type },
  ]);
  return { file: "/x.ts", roots: Object.keys(types), refused: [], declarations: new Map(declarations) };
}

/** Each annotation as `hex | format | path | value`. */
function lines(bytes: Uint8Array, types: Readonly<Record<string, Type>>): string[] {
  return annotate(bytes, { typed: { schema: schemaOf(types), id: "T" } }).map(
    ({ bytes, format, path, value }) => [Buffer.from(bytes).toString("hex"), format, path, value].join(" | "),
  );
}

describe("an annotated message", () => {
  test("names the fields of a struct by their slots, reserved and unknown ones too", () => {
    const type: Type = {
      kind: "struct",
      fields: [field("id", 2, string), field("qty", 0, i32), field("odd name", 3, maybe(i32))],
    };
    expect(lines(encode([-1, null, "a", null, 9]), { T: type })).toEqual([
      "95 | fixarray, 5 | T | ",
      "ff | negative fixint | T.qty | -1",
      "c0 | nil | T, reserved slot 1 | nil",
      'a161 | fixstr, 1 byte | T.id | "a"',
      'c0 | nil | T["odd name"] | absent',
      "09 | positive fixint | T, unknown slot 4 | 9",
    ]);
  });

  test("names the variant of a union and its fields, through names and options", () => {
    const union: Type = {
      kind: "union",
      discriminant: "kind",
      variants: [
        { tag: "stop", ordinal: 0, tagPosition: 0, struct: { kind: "struct", fields: [] } },
        { tag: "go", ordinal: 5, tagPosition: 0, struct: { kind: "struct", fields: [field("ms", 0, i32)] } },
      ],
    };
    expect(lines(encode([5, 300]), { T: maybe({ kind: "ref", id: "U" }), U: union })).toEqual([
      "92 | fixarray, 2 | T | ",
      '05 | positive fixint | T.kind | "go"',
      "cd012c | uint 16 | T.ms | 300",
    ]);
    expect(lines(encode([7, 300]), { T: union })).toEqual([
      "92 | fixarray, 2 | T | ",
      "07 | positive fixint | T.kind | 7 (not a member)",
      "cd012c | uint 16 | T, unknown slot 0 | 300",
    ]);
  });

  test("shows times as texts, to the last digit, also such as no Date could hold", () => {
    const times = [
      "d6ff00000001",
      "d7ff003d090000000000",
      "c70cff00000001ffffffffffffffff",
      "c70cff000000007fffffffffffffff",
      "d5ff0000",
    ];
    const values = times.map(
      (hex) => lines(Buffer.from(hex, "hex"), { T: { kind: "date" } })[0]?.split(" | ")[3],
    );
    expect(values).toEqual([
      "1970-01-01T00:00:01.000Z",
      "1970-01-01T00:00:00.001Z",
      "1969-12-31T23:59:59.000Z and 1 ns",
      "9223372036854775807 s and 0 ns after 1970",
      "2 bytes",
    ]);
  });

  test("shows the elements of typed arrays, the first of many", () => {
    const shown = (array: TypedArrayName, bytes: Uint8Array): string | undefined =>
      lines(encode(bytes), { T: { kind: "typedArray", array } })[0]?.split(" | ")[3];
    const bytesOf = (array: ArrayBufferView): Uint8Array =>
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    expect(shown("Int16Array", bytesOf(Int16Array.of(1, -2, 3)))).toBe("3 elements: 1, -2, 3");
    expect(shown("Float64Array", bytesOf(Float64Array.of(-0)))).toBe("1 element: -0");
    expect(shown("BigUint64Array", bytesOf(BigUint64Array.of(2n ** 64n - 1n)))).toBe(
      "1 element: 18446744073709551615",
    );
    expect(shown("Int8Array", new Uint8Array(100))).toBe("100 elements: 0, 0, 0, 0, 0, 0, 0, 0, …");
    expect(shown("Int32Array", new Uint8Array(0))).toBe("0 elements");
    expect(shown("Int32Array", new Uint8Array(3))).toBe("3 bytes");
  });

  test("shows the tag null of a variant", () => {
    const struct = (...fields: readonly Field[]) => ({ kind: "struct", fields }) as const;
    const variants = [
      { tag: "a", ordinal: 0, struct: struct(), tagPosition: 0 },
      { tag: null, ordinal: 1, struct: struct(field("x", 0, i32)), tagPosition: 0 },
    ];
    const T: Type = { kind: "union", discriminant: "kind", variants };
    expect(lines(encode([1, 7]), { T })).toEqual([
      "92 | fixarray, 2 | T | ",
      "01 | positive fixint | T.kind | null",
      "07 | positive fixint | T.x | 7",
    ]);
    expect(lines(encode([0]), { T }).at(-1)).toBe('00 | positive fixint | T.kind | "a"');
  });

  test("shows the arms of a mixed union, behind their ordinals or as they are", () => {
    const point: Type = { kind: "struct", fields: [field("x", 0, i32)] };
    const list: Type = { kind: "array", element: { kind: "ref", id: "P" } };
    const arms = (first: Type, second: Type): Type => ({
      kind: "mixed",
      arms: [
        { json: "array", ordinal: 0, type: first },
        { json: "object", ordinal: 4, type: second },
      ],
    });
    const types = { P: point, T: maybe(arms(list, { kind: "ref", id: "P" })) };
    expect(lines(encode([4, [7]]), types)).toEqual([
      "92 | fixarray, 2 | T | ",
      "04 | positive fixint | T, arm | 4 (P)",
      "91 | fixarray, 1 | T | ",
      "07 | positive fixint | T.x | 7",
    ]);
    const typed = { schema: schemaOf(types), id: "T" };
    const labels = (value: unknown) => annotate(encode(value), { typed }).map(({ label }) => label);
    expect(labels([4, [7]])).toEqual(["T", "arm", "P", ".x"]);
    expect(labels([0, [[7]]])).toEqual(["T", "arm", "array", "[0]", ".x"]);
    expect(labels([9, "a"])).toEqual(["T", "arm", "no arm"]);
    expect(lines(encode([0, [[7]]]), types).at(-1)).toBe("07 | positive fixint | T[0].x | 7");
    expect(lines(encode([9, "a"]), types)).toEqual([
      "92 | fixarray, 2 | T | ",
      "09 | positive fixint | T, arm | 9 (no arm)",
      'a161 | fixstr, 1 byte | T | "a"',
    ]);
    expect(lines(encode([[5], "a"]), types).slice(1, 3)).toEqual([
      "91 | fixarray, 1 | T, arm | ",
      "05 | positive fixint | T, arm[0] | 5",
    ]);
    expect(lines(encode("a"), types)).toEqual(['a161 | fixstr, 1 byte | T | "a"']);
    const own = { T: arms({ kind: "array", element: { kind: "float", format: "f64" } }, point) };
    expect(lines(encode([7]), own)).toEqual(["91 | fixarray, 1 | T | ", "07 | positive fixint | T.x | 7"]);
    expect(lines(new Uint8Array([0xc7, 0, 2]), own)[0]).toContain("ext 8, type 2");
  });

  test("shows members by their literal, and elements, tuples and sets by their index", () => {
    const choice: Type = {
      kind: "choice",
      members: [
        { value: "good", ordinal: 0 },
        { value: 12, ordinal: 1 },
      ],
    };
    const type: Type = {
      kind: "tuple",
      required: 2,
      elements: [
        { kind: "array", element: choice },
        { kind: "set", element: string },
      ],
    };
    expect(lines(encode([[0, 1, 2], ["x"]]), { T: type })).toEqual([
      "92 | fixarray, 2 | T | ",
      "93 | fixarray, 3 | T[0] | ",
      '00 | positive fixint | T[0][0] | "good"',
      "01 | positive fixint | T[0][1] | 12",
      "02 | positive fixint | T[0][2] | 2 (not a member)",
      "91 | fixarray, 1 | T[1] | ",
      'a178 | fixstr, 1 byte | T[1][0] | "x"',
    ]);
  });

  test("shows the entries of maps and records under their keys", () => {
    expect(lines(encode({ a: 1 }), { T: { kind: "map", key: string, value: i32 } })).toEqual([
      "81 | fixmap, 1 | T | ",
      'a161 | fixstr, 1 byte | T, key 1 | "a"',
      '01 | positive fixint | T["a"] | 1',
    ]);
    expect(lines(new Uint8Array([0x81, 0x05, 0xc3]), { T: { kind: "record", value: i32 } })).toEqual([
      "81 | fixmap, 1 | T | ",
      "05 | positive fixint | T, key 1 | 5",
      "c3 | true | T[5] | true",
    ]);
  });

  test("knows every format of MessagePack", () => {
    const formats: [string, string][] = [
      ["c2", "false | T | false"],
      ["cafff80000", "float 32 | T | NaN"],
      ["cb8000000000000000", "float 64 | T | -0"],
      ["ccff", "uint 8 | T | 255"],
      ["cdffff", "uint 16 | T | 65535"],
      ["ceffffffff", "uint 32 | T | 4294967295"],
      ["cfffffffffffffffff", "uint 64 | T | 18446744073709551615"],
      ["d0ff", "int 8 | T | -1"],
      ["d18000", "int 16 | T | -32768"],
      ["d280000000", "int 32 | T | -2147483648"],
      ["d38000000000000000", "int 64 | T | -9223372036854775808"],
      ["d90161", 'str 8, 1 byte | T | "a"'],
      ["da000161", 'str 16, 1 byte | T | "a"'],
      ["db0000000161", 'str 32, 1 byte | T | "a"'],
      ["c40107", "bin 8, 1 byte | T | 1 byte"],
      ["c500020708", "bin 16, 2 bytes | T | 2 bytes"],
      ["c60000000107", "bin 32, 1 byte | T | 1 byte"],
      ["c70000", "ext 8, type 0, 0 bytes | T | null"],
      ["c8000101ff", "ext 16, type 1, 1 byte | T | -1"],
      ["c900000001ff07", "ext 32, type -1, 1 byte | T | 1 byte"],
      ["d40107", "fixext 1, type 1 | T | 7"],
      ["d801" + "00".repeat(16), "fixext 16, type 1 | T | 0"],
      ["dc0000", "array 16, 0 | T | "],
      ["dd00000000", "array 32, 0 | T | "],
      ["de0000", "map 16, 0 | T | "],
      ["df00000000", "map 32, 0 | T | "],
      ["c1", "(never used) | T | no value begins with this byte"],
    ];
    for (const [hex, expected] of formats) {
      expect(lines(new Uint8Array(Buffer.from(hex, "hex")), { T: i32 })).toEqual([`${hex} | ${expected}`]);
    }
  });

  test("ends where the bytes do, and shows what stands behind a message", () => {
    expect(lines(new Uint8Array([0x92, 0x01, 0xcd, 0x01]), { T: { kind: "array", element: i32 } })).toEqual([
      "92 | fixarray, 2 | T | ",
      "01 | positive fixint | T[0] | 1",
      "cd01 |  | T[1] | cut off; at least 1 missing",
    ]);
    expect(lines(new Uint8Array([0x01, 0x02, 0x03]), { T: i32 })).toEqual([
      "01 | positive fixint | T | 1",
      "0203 |  |  | bytes behind the message",
    ]);
    expect(lines(new Uint8Array(), { T: i32 })).toEqual([" |  | T | cut off; at least 1 missing"]);
  });

  test("does not follow nesting for ever, nor believe a count without bytes", () => {
    const deep = lines(new Uint8Array(100_000).fill(0x91), { T: i32 });
    expect(deep.length).toBeLessThan(600);
    expect(deep.at(-1)).toContain("nested deeper than any message may be");
    expect(lines(new Uint8Array([0xdd, 0xff, 0xff, 0xff, 0xff]), { T: i32 })).toHaveLength(2);
  });

  test("prints nothing that could move a cursor, and cuts long texts", () => {
    expect(lines(encode("a\u001b[2J\u202e"), { T: string })[0]).toContain('"a\\u001b[2J\\u{202e}"');
    expect(lines(encode("x".repeat(100)), { T: string })[0]).toMatch(/"x{60}…"$/);
  });
});

describe("without a schema", () => {
  const shown = (hex: string) =>
    annotate(Buffer.from(hex, "hex")).map(({ path, value }) => [path, value].join(" | "));

  test("paths begin at $, and extensions mean what they mean to Hewn", () => {
    expect(shown("96c70000c70901ff00000000000000ffd80200000000000022400000000000000080")).toEqual([
      "$ | ",
      "$[0] | null",
      "$[1] | -18446744073709551361",
      "$[2] | 2 elements: 9, -0",
      "$[3] | cut off; at least 3 missing",
    ]);
    const floats = `c71403${"0000803f".repeat(5)}`;
    expect(shown(`93${floats}d50300ffd40501`)).toEqual([
      "$ | ",
      "$[0] | 5 elements: 1, 1, 1, 1, 1",
      "$[1] | 2 bytes",
      "$[2] | 1 byte",
    ]);
  });

  test("text that is no UTF-8 is said to be none", () => {
    expect(shown("a261ff")).toEqual(['$ | "a\ufffd" (not UTF-8)']);
  });

  test("keys stand in paths as what they are", () => {
    expect(shown("8205c2d6ff00000001c3")).toEqual([
      "$ | ",
      "$, key 1 | 5",
      "$[5] | false",
      "$, key 2 | 1970-01-01T00:00:01.000Z",
      "$[1970-01-01T00:00:01.000Z] | true",
    ]);
  });

  test("no more items are listed than were asked for", () => {
    const items = annotate(new Uint8Array([0x93, 1, 2, 3]), { itemsMax: 2 });
    expect(items.map(({ value, bytes }) => [value, bytes.length])).toEqual([
      ["", 1],
      ["1", 1],
      ["too many items to list here", 2],
    ]);
  });
});

describe("a table", () => {
  const types: Readonly<Record<string, Type>> = {
    T: { kind: "tuple", required: 2, elements: [i32, string] },
  };
  const items = (value: unknown) => annotate(encode(value), { typed: { schema: schemaOf(types), id: "T" } });

  test("stands in columns, each item under what it is in, with long items going on below", () => {
    expect(annotationTable(items([1, "a long piece of text"]))).toEqual([
      "offset  bytes                       format            field     value",
      "     0  92                          fixarray, 2       T",
      "     1  01                          positive fixint     [0]     1",
      '     2  b4 61 20 6c 6f 6e 67 20 70  fixstr, 20 bytes    [1]     "a long piece of text"',
      "        69 65 63 65 20 6f 66 20 74",
      "        65 78 74",
    ]);
  });

  test("leaves out the middle of items that are longer than that", () => {
    const long = annotationTable(items([1, "x".repeat(1000)]));
    expect(long).toHaveLength(8);
    expect(long.at(-1)).toBe("        … 967 more");
  });

  test("marks an item, and fits the width that it is given", () => {
    const table = annotationTable(items([1, "a long piece of text, and more of it"]), {
      width: 70,
      marked: 2,
    });
    expect(table).toEqual([
      "  offset  bytes        format           field     value",
      "       0  92           fixarray, 2      T",
      "       1  01           positive fixint    [0]     1",
      '>      2  d9 24 61 20  str 8, 36 bytes    [1]     "a long piece of te…',
      "          6c 6f 6e 67",
      "          20 70 69 65",
      "          63 65 20 6f",
      "          … 22 more",
    ]);
    for (const width of [64, 80, 100, 140])
      for (const line of annotationTable(items([1, "x".repeat(100)]), { width }))
        expect(line.length).toBeLessThanOrEqual(width);
  });
});
