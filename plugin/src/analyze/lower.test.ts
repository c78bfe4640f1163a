import type { Struct } from "@hewn/schema";
import { describe, expect, test } from "@jest/globals";
import { inMemoryProject } from "./in-memory-project.testing.ts";
import { declarationOf, lowered } from "./schema-of.testing.ts";

describe("primitives", () => {
  test.each([
    ["boolean", { kind: "boolean" }],
    ["null", { kind: "null" }],
    ["string", { kind: "string" }],
    ["Uint8Array", { kind: "bytes" }],
    ["Uint8Array<ArrayBuffer>", { kind: "bytes" }],
    ["number", { kind: "float", format: "number" }],
    ["bigint", { kind: "bigint", format: "bigint" }],
    ["Float32Array", { kind: "typedArray", array: "Float32Array" }],
    ["BigInt64Array<ArrayBuffer>", { kind: "typedArray", array: "BigInt64Array" }],
    ["Readonly<Int16Array>", { kind: "typedArray", array: "Int16Array" }],
    ["Date", { kind: "date" }],
    ["Readonly<Date>", { kind: "date" }],
    ["string & {}", { kind: "string" }],
    ['"a" | (string & {})', { kind: "string" }],
  ])("%s", (type, expected) => {
    expect(lowered(type)).toEqual(expected);
  });

  test.each(["i8", "i16", "i32", "u8", "u16", "u32", "int"])("%s is an integer", (format) => {
    expect(lowered(format)).toEqual({ kind: "integer", format });
  });

  test.each(["f32", "f64"])("%s is a float", (format) => {
    expect(lowered(format)).toEqual({ kind: "float", format });
  });

  test.each(["i64", "u64"])("%s is a bigint", (format) => {
    expect(lowered(format)).toEqual({ kind: "bigint", format });
  });
});

describe("number names survive", () => {
  const i32 = { kind: "integer", format: "i32" };
  test.each([
    ["readonly i32[]", { kind: "array", element: i32 }],
    ["Pick<{ readonly a: i32; readonly b: string }, 'a'>['a']", i32],
    ["Readonly<Record<string, i32>>", { kind: "record", value: i32 }],
    ["ReadonlyMap<i32, i32>", { kind: "map", key: i32, value: i32 }],
    ["i32 | null", { kind: "maybe", type: i32, null: true, undefined: false }],
    ["Own", i32],
    ["readonly [Own]", { kind: "tuple", elements: [i32], required: 1 }],
  ])("in %s", (type, expected) => {
    expect(lowered(type, "type Own = i32;")).toEqual(expected);
  });

  test("a re-export and a rename", () => {
    const more = {
      "numbers.ts":
        'import type { i32 } from "@hewn/runtime";\nexport type { u8 as byte } from "@hewn/runtime";\nexport type Id = i32;\n',
    };
    const text =
      'import type { byte, Id } from "./numbers.js";\n/** @wire */ export interface X { readonly a: byte; readonly b: Id }';
    const { type } = declarationOf(text, "X", more);
    expect((type as Struct).fields.map((field) => field.type)).toEqual([
      { kind: "integer", format: "u8" },
      i32,
    ]);
  });
});

describe("absence", () => {
  const string = { kind: "string" };
  const fieldsOf = (body: string): unknown => {
    const { type } = declarationOf(`/** @wire */ export interface X { ${body} }`, "X");
    return (type as Struct).fields.map(({ type: each, optional }) => ({ type: each, optional }));
  };

  test("every combination of optional, undefined and null is told apart", () => {
    const maybe = (isNull: boolean, isUndefined: boolean) => ({
      kind: "maybe",
      type: string,
      null: isNull,
      undefined: isUndefined,
    });
    expect(fieldsOf("readonly a?: string")).toEqual([{ type: maybe(false, true), optional: true }]);
    expect(fieldsOf("readonly a?: string | undefined")).toEqual([
      { type: maybe(false, true), optional: true },
    ]);
    expect(fieldsOf("readonly a: string | undefined")).toEqual([
      { type: maybe(false, true), optional: false },
    ]);
    expect(fieldsOf("readonly a: string | null")).toEqual([{ type: maybe(true, false), optional: false }]);
    expect(fieldsOf("readonly a?: string | null")).toEqual([{ type: maybe(true, true), optional: true }]);
    expect(fieldsOf("readonly a: string | null | undefined")).toEqual([
      { type: maybe(true, true), optional: false },
    ]);
  });

  test("an optional field is absent also without exactOptionalPropertyTypes", () => {
    const project = inMemoryProject(
      { "input.ts": "/** @wire */ export interface X { readonly a?: readonly [i?: string] }" },
      { exactOptionalPropertyTypes: false },
    );
    const { declarations } = project.analyze("input.ts")?.schema ?? {};
    const { type } = declarations?.get("/project/input.ts#X") ?? {};
    const [field] = (type as Struct).fields;
    const element = { kind: "maybe", type: string, null: false, undefined: true };
    const tuple = { kind: "tuple", elements: [element], required: 0 };
    expect(field).toEqual({
      name: "a",
      slot: 0,
      type: { kind: "maybe", type: tuple, null: false, undefined: true },
      optional: true,
    });
  });
});

describe("containers", () => {
  const string = { kind: "string" };
  test.each([
    ["readonly string[]", { kind: "array", element: string }],
    ["ReadonlyArray<readonly string[]>", { kind: "array", element: { kind: "array", element: string } }],
    ["ReadonlySet<string>", { kind: "set", element: string }],
    ["{ readonly [name: string]: string }", { kind: "record", value: string }],
    ["Readonly<Record<string, string>>", { kind: "record", value: string }],
    ["readonly []", { kind: "tuple", elements: [], required: 0 }],
    ["Readonly<string[]>", { kind: "array", element: string }],
    ["Readonly<[string, string]>", { kind: "tuple", elements: [string, string], required: 2 }],
  ])("%s", (type, expected) => {
    expect(lowered(type)).toEqual(expected);
  });

  test("optional elements of a tuple may be undefined and do not count as required", () => {
    const absent = { kind: "maybe", type: string, null: false, undefined: true };
    expect(lowered("readonly [a: string, b?: string]")).toEqual({
      kind: "tuple",
      elements: [string, absent],
      required: 1,
    });
  });
});
