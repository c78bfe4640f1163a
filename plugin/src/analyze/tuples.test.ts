import type { Type } from "@hewn/schema";
import { expect, test } from "@jest/globals";
import { lowered } from "./schema-of.testing.ts";

/** `string, number?, ...boolean, string`: what each part is. */
function partsOf(type: Type | undefined): unknown {
  if (type?.kind !== "tuple") return type?.kind;
  const word = (part: Type): string => (part.kind === "maybe" ? `${part.type.kind}?` : part.kind);
  const rest = type.rest ? [`...${word(type.rest)}`] : [];
  return (
    [...type.elements.map(word), ...rest, ...(type.trailing ?? []).map(word)].join(", ") +
    ` (${type.required})`
  );
}

const variadic =
  "type Concat<A extends readonly unknown[], B extends readonly unknown[]> = readonly [...A, ...B];\n" +
  "type Prepend<T, A extends readonly unknown[]> = readonly [head: T, ...tail: A];";

test.each([
  ["readonly [string, ...i32[]]", "string, ...integer (1)"],
  ["readonly [...i32[], string]", "...integer, string (0)"],
  ["readonly [string, ...readonly i32[], boolean, string]", "string, ...integer, boolean, string (1)"],
  ["readonly [string, i32?, ...boolean[]]", "string, integer?, ...boolean (1)"],
  ["readonly [first: string, ...more: boolean[], last: i32]", "string, ...boolean, integer (1)"],
  ["readonly [...(i32 | null)[], string]", "...integer?, string (0)"],
  ["readonly [...string[]]", "array"],
  ["Concat<readonly [i32], readonly [string, boolean?]>", "integer, string, boolean? (2)"],
  ["Concat<readonly [i32], readonly string[]>", "integer, ...string (1)"],
  ["Concat<readonly string[], readonly [i32]>", "...string, integer (0)"],
  ["Concat<readonly [i32, string?], readonly [boolean]>", "integer, string?, boolean (3)"],
  ["Prepend<string, readonly [i32, ...boolean[]]>", "string, integer, ...boolean (2)"],
])("the parts of %s", (type, parts) => {
  expect(partsOf(lowered(type, variadic))).toBe(parts);
});

test("literals of a rest stand in declared order", () => {
  const values = (type: Type | undefined): unknown =>
    type?.kind === "choice" && type.members.map(({ value }) => value);
  const plain = lowered('readonly [i32, ...("b" | "a")[]]') as { readonly rest: Type };
  const named = lowered('readonly [n: i32, ...rest: readonly ("d" | "c")[]]') as { readonly rest: Type };
  expect([values(plain.rest), values(named.rest)]).toEqual([
    ["b", "a"],
    ["d", "c"],
  ]);
});
