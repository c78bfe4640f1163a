// The text of a lock: what a reviewer sees, and what is refused.
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  array,
  choice,
  idIn,
  map,
  orBoth,
  orNull,
  record,
  ref,
  schemaOf,
  set,
  struct,
  tuple,
  union,
} from "../build.testing.ts";
import { schemas } from "../random-types.testing.ts";
import { LockError } from "./lock-error.ts";
import { formatLock, parseLock } from "./lock-text.ts";
import { updateLock } from "./update-lock.ts";

const file = "/p/src/shop.ts";

const before = schemaOf(
  file,
  {
    Order: struct({
      id: "string",
      "discount?": "f64",
      lines: array(ref(idIn(file, "Line"))),
      "place?": orNull(struct({ lat: "f64", lon: "f64" })),
      state: choice("open", "sent", 404),
      history: map("u32", set("string")),
    }),
    Event: union({ opened: struct({ by: "string" }), closed: struct({}) }),
  },
  { Line: struct({ sku: "string", range: tuple(1, "i32", orBoth("i32")), tags: record("bytes") }) },
);

const after = schemaOf(
  file,
  {
    Event: union({ moved: struct({}), opened: struct({ by: "string", "at?": "f64" }) }),
    Order: struct({
      id: "string",
      "a field with a name that takes most of a line to write out, and then some more of it?": map(
        "u32",
        set("string"),
      ),
      lines: array(ref(idIn(file, "Line"))),
      "place?": orNull(struct({ lat: "f64", lon: "f64" })),
      state: choice("sent", "open"),
      history: map("u32", set("string")),
    }),
  },
  { Line: struct({ sku: "string", range: tuple(1, "i32", orBoth("i32")), tags: record("bytes") }) },
);

/** As a reviewer sees it. */
const expected = `{
  "version": 1,
  "types": {
    "src/shop#Event": {
      "type": {
        "union": {
          "0": {
            "tag": "opened",
            "struct": {
              "0": { "name": "by", "type": "string" },
              "1": { "name": "at", "optional": true, "type": "f64" }
            }
          },
          "1": { "reserved": "closed" },
          "2": { "tag": "moved", "struct": {} }
        },
        "discriminant": "kind"
      },
      "fingerprint": "a1ca03f258584782"
    },
    "src/shop#Line": {
      "type": {
        "struct": {
          "0": { "name": "sku", "type": "string" },
          "1": {
            "name": "range",
            "type": { "tuple": ["i32", { "maybe": "i32", "accepts": "both" }], "required": 1 }
          },
          "2": { "name": "tags", "type": { "record": "bytes" } }
        }
      }
    },
    "src/shop#Order": {
      "type": {
        "struct": {
          "0": { "name": "id", "type": "string" },
          "1": { "reserved": "discount" },
          "2": { "name": "lines", "type": { "array": { "ref": "src/shop#Line" } } },
          "3": {
            "name": "place",
            "optional": true,
            "type": {
              "maybe": {
                "struct": {
                  "0": { "name": "lat", "type": "f64" },
                  "1": { "name": "lon", "type": "f64" }
                }
              },
              "accepts": "null"
            }
          },
          "4": {
            "name": "state",
            "type": {
              "choice": {
                "0": "open",
                "1": "sent",
                "2": { "reserved": 404 }
              }
            }
          },
          "5": { "name": "history", "type": { "map": ["u32", { "set": "string" }] } },
          "6": {
            "name": "a field with a name that takes most of a line to write out, and then some more of it",
            "optional": true,
            "type": { "map": ["u32", { "set": "string" }] }
          }
        }
      },
      "fingerprint": "e5ce9c8e7ce059e5",
      "line": { "31c35c2aabcb2f27": "writes" }
    }
  }
}
`;

function twice(): string {
  const { lock } = updateLock(undefined, [before], "/p");
  return formatLock(updateLock(lock, [after], "/p").lock);
}

describe("the text of a lock", () => {
  test("has one line for each member, reserved ones among them", () => {
    expect(twice()).toBe(expected);
  });

  test("of no types is a lock too", () => {
    const { lock } = updateLock(undefined, [], "/p");
    expect(formatLock(lock)).toBe('{\n  "version": 1,\n  "types": {}\n}\n');
    expect(parseLock(formatLock(lock))).toEqual(lock);
  });

  test("is read back as it was, whatever the types", () => {
    fc.assert(
      fc.property(schemas, (schema) => {
        const { lock } = updateLock(undefined, [schema], "/p");
        const text = formatLock(lock);
        expect(parseLock(text)).toEqual(lock);
        expect(formatLock(parseLock(text))).toBe(text);
      }),
      { numRuns: 100 },
    );
  });

  test("is read with other line ends, blanks and orders of keys", () => {
    const text = twice();
    const lock = parseLock(text);
    expect(parseLock(text.replaceAll("\n", "\r\n"))).toEqual(lock);
    expect(parseLock(JSON.stringify(JSON.parse(text)))).toEqual(lock);
    const reversed = JSON.stringify(JSON.parse(text), (_, value: unknown) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    );
    expect(formatLock(parseLock(reversed)).replace(/"line": .*/g, "")).toBe(text.replace(/"line": .*/g, ""));
  });
});

const type = (json: string): string => `{ "version": 1, "types": {\n"a#T": { "type": ${json} } } }`;

describe("a text that is no lock", () => {
  test.each<[string, string, number | undefined, string]>([
    ["empty", "", 1, "the JSON ends early"],
    ["cut off", '{ "version": 1,\n "types": {', 2, "the JSON ends early"],
    ["with something behind it", '{ "version": 1,\n "types": {} }\n}', 3, "something follows"],
    ["with marks of a merge", '{\n<<<<<<< ours\n "version": 1 }', 2, "< is no JSON"],
    ["without a comma", '{ "version": 1\n "types": {} }', 2, "a comma is missing"],
    ["without a colon", '{ "version" 1 }', 1, "a colon is missing"],
    ["with a key that is no string", "{ 1: 2 }", 1, "a key is not a string"],
    ["with a word that is no value", '{ "version": one }', 1, "one is no JSON value"],
    ["with a key twice", '{ "version": 1,\n "types": {},\n "types": {} }', 3, 'the key "types" stands twice'],
    ["nested without end", "[".repeat(1000), 1, "nested too deep"],
    ["a list", "[]", 1, "an object with version and types"],
    ["of another version", '{\n"version": 2 }', 2, "no lock of version 1"],
    ["without a version", "{}", 1, "no lock of version 1"],
    ["with types that are no object", '{ "version": 1, "types": [] }', 1, "an object of types"],
    [
      "with an entry that is no object",
      '{ "version": 1, "types": {\n"a#T": 1 } }',
      2,
      "an object with a type",
    ],
    ["with an entry without a type", '{ "version": 1, "types": {\n"a#T": {} } }', 2, '"type" is missing'],
    ["with a type that does not exist", type('"i33"'), 2, '"i33" is not the name of a type'],
    ["with a kind that does not exist", type('{ "list": "i32" }'), 2, "a type is missing"],
    ["with a type that is a list", type("[]"), 2, "a type is expected"],
    ["with a key that says nothing", type('{ "array": "i32", "of": 1 }'), 2, '"of" does not belong here'],
    ["with a reference to nothing", type('{ "ref": "a#U" }'), 2, "not in the lock"],
    ["with a reference that is no string", type('{ "ref": 1 }'), 2, "a reference is a string"],
    ["with a map of one", type('{ "map": ["i32"] }'), 2, "a type is missing"],
    ["with a map of three", type('{ "map": ["i32", "i32", "i32"] }'), 2, "one type for keys"],
    ["with a maybe of nothing", type('{ "maybe": "i32" }'), 2, '"accepts" is missing'],
    ["with a maybe of something else", type('{ "maybe": "i32", "accepts": "nil" }'), 2, "a maybe accepts"],
    [
      "with a tuple that requires too much",
      type('{ "tuple": [], "required": 1 }'),
      2,
      "a number from 0 to 0",
    ],
    [
      "with a slot that is no number",
      type('{ "struct": { "x": { "name": "x", "type": "i32" } } }'),
      2,
      '"x" is not a number',
    ],
    [
      "with a slot twice",
      type('{ "struct": {\n"0": { "name": "x", "type": "i32" },\n"0": { "name": "y", "type": "i32" } } }'),
      4,
      'the key "0" stands twice',
    ],
    [
      "with a field in two slots",
      type('{ "struct": {\n"0": { "name": "x", "type": "i32" },\n"1": { "name": "x", "type": "i32" } } }'),
      4,
      "the field x has two slots",
    ],
    ["with a field without a name", type('{ "struct": { "0": { "type": "i32" } } }'), 2, '"name" is missing'],
    ["with a field without a type", type('{ "struct": { "0": { "name": "x" } } }'), 2, '"type" is missing'],
    [
      "with a field optional in a way",
      type('{ "struct": { "0": { "name": "x", "optional": 1, "type": "i32" } } }'),
      2,
      '"optional" is true or false',
    ],
    ["with a literal twice", type('{ "choice": { "0": "a", "1": "a" } }'), 2, '"a" has two ordinals'],
    ["with a literal that is null", type('{ "choice": { "0": null } }'), 2, "a literal is expected"],
    [
      "with a variant without a struct",
      type('{ "union": { "0": { "tag": "a" } }, "discriminant": "kind" }'),
      2,
      '"struct" is missing',
    ],
    ["with a union without a discriminant", type('{ "union": {} }'), 2, '"discriminant" is missing'],
    [
      "with a fingerprint that is none",
      '{ "version": 1, "types": { "a#T": { "type": "i32",\n "fingerprint": "12" } } }',
      2,
      "not a fingerprint",
    ],
    [
      "with a direction that is none",
      '{ "version": 1, "types": { "a#T": { "type": "i32", "fingerprint": "0123456789abcdef", "line": {\n"0123456789abcdef": "no" } } } }',
      2,
      '"both", "reads" or "writes"',
    ],
  ])("is refused %s, with the line and the reason", (_, text, line, reason) => {
    expect(() => parseLock(text)).toThrow(LockError);
    try {
      parseLock(text);
    } catch (error) {
      expect(error).toMatchObject({ line, reason: expect.stringContaining(reason) });
    }
  });
});
