import { expect, test } from "@jest/globals";
import { armWords } from "./arm-words.ts";
import { array, choice, map, mixed, record, ref, set, struct, tuple } from "./build.testing.ts";
import type { Declaration, Mixed, Type } from "./schema.ts";

const types: Readonly<Record<string, Type>> = { Point: struct({}), Level: choice(1, 2) };

function declared(id: string): Declaration {
  const type = types[id] ?? struct({});
  return { id, name: id, scope: "import", origin: { file: "/x.ts", name: id }, type };
}

const wordsOf = (type: Type): string => armWords(type as Mixed, declared);

test("arms are named as a reader of an error knows them", () => {
  expect(wordsOf(mixed("string", "i32", ref("Point")))).toBe("string or i32 or Point");
  expect(wordsOf(mixed(array("i32"), record("i32"), "boolean"))).toBe("array or object or boolean");
  expect(wordsOf(mixed(set("i32"), map("string", "i32"), "Int16Array"))).toBe("a Set or a Map or Int16Array");
  expect(wordsOf(mixed(tuple(1, "i32"), "string"))).toBe("array or string");
  expect(wordsOf(mixed(tuple(1, "i32"), tuple(0)))).toBe("array of 1 or array of 0");
  expect(wordsOf(mixed(choice("auto", true), ref("Level")))).toBe('"auto" or true or 1 or 2');
  expect(wordsOf(mixed(choice("a", "b", "c", "d", "e"), "i32"))).toBe("a literal or i32");
});

test("literals move no cursor, and long ones are cut", () => {
  expect(wordsOf(mixed(choice("\u0085\u2028\u202e\n"), "i32"))).toBe('"\\u{85}\\u{2028}\\u{202e}\\n" or i32');
  expect(wordsOf(mixed(choice("x".repeat(100)), "i32"))).toBe(`"${"x".repeat(64)}…" or i32`);
});
