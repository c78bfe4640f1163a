import type { Declaration, Struct, Type, Union } from "@hewn/schema";
import { describe, expect, test } from "@jest/globals";
import { inMemoryProject } from "./in-memory-project.testing.ts";

const prelude = 'import type { f32, f64, i16, i32, i64, i8, int, u16, u32, u64, u8 } from "@hewn/runtime";\n';

/** The schema of a file whose text is right TypeScript and has no diagnostic. */
function schemaOf(text: string, more: Readonly<Record<string, string>> = {}) {
  const project = inMemoryProject({ "input.ts": prelude + text, ...more });
  expect(project.errors()).toEqual([]);
  const analysis = project.analyze("input.ts");
  if (!analysis) throw new Error("nothing is tagged");
  expect(analysis.diagnostics).toEqual([]);
  return analysis.schema;
}

function declarationOf(text: string, name: string, more: Readonly<Record<string, string>> = {}): Declaration {
  const { declarations } = schemaOf(text, more);
  const found = [...declarations.values()].find((declaration) => declaration.name === name);
  if (!found) throw new Error(`${name} is not among ${[...declarations.keys()].join(", ")}`);
  return found;
}

/** What a type lowers to as a property, and as the same property when it is optional. */
function lowered(type: string, more = ""): Type | undefined {
  const { type: struct } = declarationOf(
    `${more}\n/** @wire */ export interface X { readonly p: ${type} }`,
    "X",
  );
  return (struct as Struct).fields[0]?.type;
}

describe("primitives", () => {
  test.each([
    ["boolean", { kind: "boolean" }],
    ["null", { kind: "null" }],
    ["string", { kind: "string" }],
    ["Uint8Array", { kind: "bytes" }],
    ["Uint8Array<ArrayBuffer>", { kind: "bytes" }],
    ["number", { kind: "float", format: "number" }],
    ["bigint", { kind: "bigint", format: "bigint" }],
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

describe("literals and enums", () => {
  const valuesOf = (type: Type | undefined): unknown =>
    type?.kind === "choice" ? type.members.map(({ value, ordinal }) => [value, ordinal]) : type;

  test("literals stand in declared order, through aliases, parentheses and nested unions", () => {
    expect(valuesOf(lowered('"c" | "a" | "b"'))).toEqual([
      ["c", 0],
      ["a", 1],
      ["b", 2],
    ]);
    const aliases = 'type Inner = "z" | "y"; export type Outer = "x" | (Inner | 3) | true | "a";';
    expect(valuesOf(lowered("Outer | null", aliases))).toMatchObject({ kind: "maybe" });
    expect(valuesOf(lowered("Outer", aliases))).toEqual([
      ["x", 0],
      ["z", 1],
      ["y", 2],
      [3, 3],
      [true, 4],
      ["a", 5],
    ]);
  });

  test("the order does not depend on what was checked before", () => {
    const other = 'export const seen: "a" | "b" | "c" = "a"; export type Earlier = "a" | "b" | "c";';
    expect(valuesOf(lowered('"c" | "a" | "b"', other))).toEqual([
      ["c", 0],
      ["a", 1],
      ["b", 2],
    ]);
  });

  test("literals that no text lists are sorted by value: booleans, numbers, strings", () => {
    const computed = 'type All = "b" | "a" | 10 | 9 | true | "gone";';
    expect(valuesOf(lowered('Exclude<All, "gone">', computed))).toEqual([
      [true, 0],
      [9, 1],
      [10, 2],
      ["a", 3],
      ["b", 4],
    ]);
    expect(valuesOf(lowered("keyof { readonly b: 1; readonly a: 1 }"))).toEqual([
      ["a", 0],
      ["b", 1],
    ]);
  });

  test("literals keep their order inside containers and under optional fields", () => {
    const array = lowered('readonly ("b" | "a")[]') as { readonly element: Type };
    expect(valuesOf(array.element)).toEqual([
      ["b", 0],
      ["a", 1],
    ]);
    const record = lowered('Readonly<Record<string, "b" | "a">>') as { readonly value: Type };
    expect(valuesOf(record.value)).toEqual([
      ["b", 0],
      ["a", 1],
    ]);
    const map = lowered('ReadonlyMap<"d" | "c", "b" | "a">') as { readonly key: Type; readonly value: Type };
    expect([valuesOf(map.key), valuesOf(map.value)]).toEqual([
      [
        ["d", 0],
        ["c", 1],
      ],
      [
        ["b", 0],
        ["a", 1],
      ],
    ]);
  });

  test("finite template literals are unions of literals", () => {
    expect(valuesOf(lowered('`${"b" | "a"}-x`'))).toEqual([
      ["a-x", 0],
      ["b-x", 1],
    ]);
  });

  test("an enum is named, its members stand in declared order", () => {
    const text =
      'export enum E { b = 3, a = 1, c = "x" }\n/** @wire */ export interface X { readonly p: E; readonly q: E | null }';
    const { declarations } = schemaOf(text);
    const origin = { file: "/project/input.ts", name: "E" };
    expect(declarations.get("/project/input.ts#E")).toEqual({
      id: "/project/input.ts#E",
      name: "E",
      scope: "import",
      origin,
      type: {
        kind: "choice",
        members: [
          { value: 3, enumMember: "b", ordinal: 0 },
          { value: 1, enumMember: "a", ordinal: 1 },
          { value: "x", enumMember: "c", ordinal: 2 },
        ],
        enum: origin,
      },
    });
    const ref = { kind: "ref", id: "/project/input.ts#E" };
    const struct = declarations.get("/project/input.ts#X")?.type as Struct;
    expect(struct.fields.map(({ type }) => type)).toEqual([
      ref,
      { kind: "maybe", type: ref, null: true, undefined: false },
    ]);
  });

  test("an enum with one member, a const enum, and some members of an enum", () => {
    expect(lowered("E", "export enum E { only }")).toEqual({ kind: "ref", id: "/project/input.ts#E" });
    expect(lowered("E", "export const enum E { a, b }")).toEqual({ kind: "ref", id: "/project/input.ts#E" });
    expect(lowered("E.c | E.a", "export enum E { a, b, c }")).toEqual({
      kind: "choice",
      members: [
        { value: 0, enumMember: "a", ordinal: 0 },
        { value: 2, enumMember: "c", ordinal: 1 },
      ],
      isPart: true,
      enum: { file: "/project/input.ts", name: "E" },
    });
  });

  test("a tagged enum is a root", () => {
    expect(declarationOf("/** @wire */ export enum E { a, b }", "E")).toMatchObject({
      scope: "wire",
      type: { kind: "choice" },
    });
  });
});

describe("object types", () => {
  const namesOf = (type: Type | undefined): unknown =>
    (type as Struct).fields.map(({ name, slot }) => `${slot} ${name}`);

  test("fields of base types come first, in declared order", () => {
    const text =
      "export interface A { readonly z: string; readonly a: string }\nexport interface B { readonly m: string }\n" +
      "/** @wire */ export interface X extends B, A { readonly c: string; readonly b: string }";
    expect(namesOf(declarationOf(text, "X").type)).toEqual(["0 m", "1 z", "2 a", "3 c", "4 b"]);
  });

  test("an interface that narrows a field of its base keeps the field's place", () => {
    const text =
      "export interface A { readonly a: string | number; readonly b: string }\n" +
      "/** @wire */ export interface X extends A { readonly c: string; readonly a: string }";
    const { type } = declarationOf(text, "X");
    expect(namesOf(type)).toEqual(["0 a", "1 b", "2 c"]);
    expect((type as Struct).fields[0]?.type).toEqual({ kind: "string" });
  });

  const base = "export interface A { readonly z: string; readonly a: i32; readonly m?: string }";

  test("homomorphic mapped types keep the source's order, keys from a union are sorted", () => {
    expect(namesOf(lowered("Partial<A>", base))).toEqual(["0 z", "1 a", "2 m"]);
    expect(namesOf(lowered("Readonly<Partial<A>>", base))).toEqual(["0 z", "1 a", "2 m"]);
    expect(namesOf(lowered('Pick<A, "z" | "a">', base))).toEqual(["0 a", "1 z"]);
    expect(namesOf(lowered('Omit<A, "a">', base))).toEqual(["0 m", "1 z"]);
    expect(namesOf(lowered('Readonly<Record<"b" | "a", string>>', base))).toEqual(["0 a", "1 b"]);
    expect(namesOf(lowered('Readonly<Pick<A, "z" | "a">>', base))).toEqual(["0 a", "1 z"]);
  });

  test("mapped types change what is optional and readonly", () => {
    const struct = lowered("Partial<A>", base) as Struct;
    expect(struct.fields.map(({ optional }) => optional)).toEqual([true, true, true]);
    const required = lowered("Required<A>", base) as Struct;
    expect(required.fields.map(({ optional }) => optional)).toEqual([false, false, false]);
    expect(namesOf(lowered("Readonly<{ a: string }>"))).toEqual(["0 a"]);
  });

  test("intersections of object types are flattened in order", () => {
    expect(namesOf(lowered("{ readonly b: string } & A & { readonly c: i32 }", base))).toEqual([
      "0 b",
      "1 z",
      "2 a",
      "3 m",
      "4 c",
    ]);
  });

  test("Immutable makes a type of somebody else a wire type", () => {
    const text =
      'import type { Immutable } from "@hewn/runtime";\n' +
      "export interface Foreign { name: string; tags: string[]; counts: Map<string, i32>; at: [i32, string]; next?: Foreign }\n" +
      "/** @wire */ export type Mine = Immutable<Foreign>;";
    const { type } = declarationOf(text, "Mine");
    expect(namesOf(type)).toEqual(["0 name", "1 tags", "2 counts", "3 at", "4 next"]);
    expect((type as Struct).fields.map((field) => field.type.kind)).toEqual([
      "string",
      "array",
      "map",
      "tuple",
      "maybe",
    ]);
  });

  test("merged declarations are one type", () => {
    const text =
      "/** @wire */ export interface X { readonly b: string }\nexport interface X { readonly a: string }";
    expect(namesOf(declarationOf(text, "X").type)).toEqual(["0 b", "1 a"]);
  });

  test("a getter alone is a readonly property", () => {
    expect(namesOf(declarationOf("/** @wire */ export interface X { get a(): string }", "X").type)).toEqual([
      "0 a",
    ]);
  });
});

describe("names", () => {
  test("inline object types are inline, named ones are references", () => {
    const more = "export interface A { readonly a: string }\nexport type B = { readonly b: string };";
    expect(lowered("{ readonly a: string }", more)).toMatchObject({ kind: "struct" });
    expect(lowered("A", more)).toEqual({ kind: "ref", id: "/project/input.ts#A" });
    expect(lowered("B", more)).toEqual({ kind: "ref", id: "/project/input.ts#B" });
  });

  test("aliases of other types are transparent, exported or not", () => {
    expect(lowered("Id", "type Id = string;")).toEqual({ kind: "string" });
    expect(lowered("Ids", "type Ids = readonly string[];")).toEqual({
      kind: "array",
      element: { kind: "string" },
    });
  });

  test("scope tells tagged types, exported ones and generic instances apart", () => {
    const { declarations, roots } = schemaOf(
      'import type { Other } from "./other.js";\nexport interface Plain { readonly a: string }\n' +
        "export interface Box<T> { readonly value: T }\n" +
        "/** @wire */ export interface X { readonly o: Other; readonly p: Plain; readonly b: Box<i32>; readonly bb: Box<readonly Box<Plain>[]> }",
      {
        "other.ts":
          "interface Hidden { readonly a: string }\n/** @wire */ export interface Other { readonly a: string }\nexport type { Hidden };",
      },
    );
    expect(roots).toEqual(["/project/input.ts#X"]);
    expect(
      [...declarations.values()].map(({ name, scope, origin }) => `${name} ${scope} ${origin.file}`),
    ).toEqual([
      "X wire /project/input.ts",
      "Other wire /project/other.ts",
      "Plain import /project/input.ts",
      "Box_i32 local /project/input.ts",
      "Box_Box_Plain_Array local /project/input.ts",
      "Box_Plain local /project/input.ts",
    ]);
  });

  test("an export under another name counts by that name", () => {
    const text = "/** @wire */\ninterface Inner { readonly a: string }\nexport { type Inner as Outer };";
    expect(declarationOf(text, "Outer")).toMatchObject({ id: "/project/input.ts#Outer", scope: "wire" });
  });

  test("instances with arguments of the same name are told apart", () => {
    const more = {
      "a.ts": "export interface Item { readonly a: string }",
      "b.ts": "export interface Item { readonly b: string }",
    };
    const { declarations } = schemaOf(
      'import type { Item as A } from "./a.js";\nimport type { Item as B } from "./b.js";\n' +
        "export interface Box<T> { readonly value: T }\n/** @wire */ export interface X { readonly a: Box<A>; readonly b: Box<B> }",
      more,
    );
    const boxes = [...declarations.values()].filter(({ scope }) => scope === "local");
    expect(boxes.map(({ id, name }) => `${id} ${name}`)).toEqual([
      "/project/input.ts#Box</project/a.ts#Item> Box_Item",
      "/project/input.ts#Box</project/b.ts#Item> Box_Item_2",
    ]);
  });

  test("a tagged alias of an instance is a type of its own", () => {
    const text =
      "export interface Box<T> { readonly value: T; readonly next?: Box<T> }\n/** @wire */ export type Count = Box<i32>;";
    const { declarations } = schemaOf(text);
    expect(declarations.get("/project/input.ts#Count")).toMatchObject({ name: "Count", scope: "wire" });
    expect(declarations.get("/project/input.ts#Box<i32>")).toMatchObject({ name: "Box_i32", scope: "local" });
  });
});

describe("recursion", () => {
  test("a type refers to itself and to others that refer back", () => {
    const { declarations } = schemaOf(
      "/** @wire */ export interface Tree { readonly left?: Tree; readonly forest: Forest }\n" +
        "export interface Forest { readonly trees: readonly Tree[]; readonly byName: ReadonlyMap<string, Forest> }",
    );
    expect([...declarations.keys()]).toEqual(["/project/input.ts#Tree", "/project/input.ts#Forest"]);
  });

  test("a nameless union that contains itself is given a name", () => {
    const { declarations } = schemaOf(
      'export interface Num { readonly kind: "num"; readonly value: i32 }\n' +
        '/** @wire */ export interface Add { readonly kind: "add"; readonly left: Num | Add; readonly right: Num | Add }',
    );
    const local = declarations.get("/project/input.ts#Add.left");
    expect(local).toMatchObject({
      name: "Add_left",
      scope: "local",
      type: { kind: "union", discriminant: "kind" },
    });
  });

  test("recursive aliases: arrays, records, nullable objects", () => {
    const { roots, declarations } = schemaOf(
      "/** @wire */ export type Nest = readonly Nest[];\n" +
        "/** @wire */ export type Dir = { readonly [name: string]: Dir };\n" +
        "/** @wire */ export type List = { readonly head: i32; readonly tail: List } | null;",
    );
    expect(roots).toHaveLength(3);
    for (const { id, type } of declarations.values()) expect(type).not.toEqual({ kind: "ref", id });
  });

  test("many instances of one generic type are no infinite type", () => {
    let type = "string";
    for (let depth = 0; depth < 12; depth++) type = `Box<${type}>`;
    const text = `export interface Box<T> { readonly value: T }\n/** @wire */ export interface X { readonly p: ${type} }`;
    expect(schemaOf(text).declarations.size).toBe(13);
  });
});

describe("discriminated unions", () => {
  const unionOf = (text: string, name = "U"): Union => declarationOf(text, name).type as Union;
  const tagsOf = ({ variants }: Union): unknown =>
    variants.map(({ tag, ordinal, tagPosition }) => [tag, ordinal, tagPosition]);

  test("variants stand in declared order with what they hold beside the discriminant", () => {
    const union = unionOf(
      'export interface Circle { readonly kind: "circle"; readonly r: f64 }\n' +
        'export interface Empty { readonly kind: "empty" }\n' +
        '/** @wire */ export type U = Empty | { readonly w: f64; readonly kind: "box"; readonly h: f64 } | Circle;',
    );
    expect(union.discriminant).toBe("kind");
    expect(tagsOf(union)).toEqual([
      ["empty", 0, 0],
      ["box", 1, 1],
      ["circle", 2, 0],
    ]);
    const float = { kind: "float", format: "f64" };
    expect(union.variants[1]?.struct.fields).toEqual([
      { name: "w", slot: 0, type: float, optional: false },
      { name: "h", slot: 1, type: float, optional: false },
    ]);
    expect(union.variants[0]?.struct.fields).toEqual([]);
  });

  test("arms come through nested aliases in the order of the text", () => {
    const union = unionOf(
      'export type One = { readonly t: "one" }; export type Two = { readonly t: "two" }; type Both = Two | One;\n' +
        '/** @wire */ export type U = { readonly t: "zero" } | (Both);',
    );
    expect(tagsOf(union)).toEqual([
      ["zero", 0, 0],
      ["two", 1, 0],
      ["one", 2, 0],
    ]);
  });

  test("the first declared of several discriminants counts", () => {
    const union = unionOf(
      '/** @wire */ export type U = { readonly v: 1; readonly kind: "a"; readonly same: "x" } | { readonly kind: "b"; readonly v: 2; readonly same: "x" };',
    );
    expect(union.discriminant).toBe("v");
  });

  test("an optional discriminant is none, a shared literal neither", () => {
    const union = unionOf(
      '/** @wire */ export type U = { readonly a?: 1; readonly b: "x"; readonly c: true } | { readonly a?: 2; readonly b: "x"; readonly c: false };',
    );
    expect([union.discriminant, tagsOf(union)]).toEqual([
      "c",
      [
        [true, 0, 2],
        [false, 1, 2],
      ],
    ]);
  });

  test("an arm with several tags is several variants", () => {
    const union = unionOf(
      '/** @wire */ export type U = { readonly op: "sub" | "add"; readonly n: i32 } | { readonly op: "neg" };',
    );
    expect(tagsOf(union)).toEqual([
      ["sub", 0, 0],
      ["add", 1, 0],
      ["neg", 2, 0],
    ]);
    expect(union.variants[0]?.struct).toEqual(union.variants[1]?.struct);
  });

  test("members of an enum discriminate", () => {
    const union = unionOf(
      "export enum Kind { a = 5, b = 6 }\n/** @wire */ export type U = { readonly kind: Kind.b } | { readonly kind: Kind.a; readonly n: i32 };",
    );
    expect(tagsOf(union)).toEqual([
      [6, 0, 0],
      [5, 1, 0],
    ]);
    expect(union.enum).toEqual({ file: "/project/input.ts", name: "Kind" });
  });

  test("generic unions keep the order of their declaration in every instance", () => {
    const union = unionOf(
      "export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };\n" +
        "/** @wire */ export interface X { readonly r: Result<i32> }",
      "Result_i32",
    );
    expect(tagsOf(union)).toEqual([
      [true, 0, 0],
      [false, 1, 0],
    ]);
  });

  test("arms that no text lists are sorted by their tag", () => {
    const text =
      'export type All = { readonly t: "c" } | { readonly t: "b"; readonly n: i32 } | { readonly t: "a" };\n' +
      '/** @wire */ export type U = Exclude<All, { readonly t: "b" }>;';
    expect(tagsOf(unionOf(text))).toEqual([
      ["a", 0, 0],
      ["c", 1, 0],
    ]);
  });

  test("a nullable union is a union that may be null", () => {
    const text =
      'export type S = { readonly t: "a" } | { readonly t: "b" };\n/** @wire */ export type U = S | null;';
    expect(declarationOf(text, "U").type).toEqual({
      kind: "maybe",
      type: { kind: "ref", id: "/project/input.ts#S" },
      null: true,
      undefined: false,
    });
  });
});
