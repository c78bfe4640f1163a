// JSON texts as a whole: what is no JSON, where errors stand, and how hostile texts end.
import { describe, expect, jest, test } from "@jest/globals";
import fc from "fast-check";
import {
  DecodeError,
  fromJsonArray,
  fromJsonBigint,
  fromJsonI32,
  fromJsonKeys,
  fromJsonMapKeys,
  fromJsonObject,
  fromJsonString,
  parseJson,
  stringifyJson,
  within,
} from "./index.ts";
import { offsetOf } from "./json-offset.ts";
import { syntaxErrorOffset } from "./json-syntax.ts";
import { parsed, thrown } from "./primitives.testing.ts";

const spaces = fc.constantFrom("", " ", "\n", "\t \r\n");

/** A JSON text with random white space. */
function spaced(value: unknown, space: string): string {
  if (Array.isArray(value)) {
    return `[${space}${value.map((item) => spaced(item, space)).join(`${space},${space}`)}${space}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => {
    return `${JSON.stringify(key)}${space}:${space}${spaced(item, space)}`;
  });
  return `{${space}${entries.join(`${space},${space}`)}${space}}`;
}

/** Every path in a value, outermost key first. */
function pathsOf(value: unknown): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [[]];
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  const inner = keys.flatMap((key) => {
    return pathsOf((value as Record<string | number, unknown>)[key]).map((path) => [key, ...path]);
  });
  return [[], ...inner];
}

function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

describe("the place of an error in a text", () => {
  test("is where the value at its path begins", () => {
    fc.assert(
      fc.property(fc.jsonValue(), spaces, (value, space) => {
        const text = space + spaced(value, space) + space;
        for (const path of pathsOf(value)) {
          const offset = offsetOf(text, [...path].reverse());
          const inner = spaced(at(value, path), space);
          expect(text.slice(offset, offset + inner.length)).toBe(inner);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("is the innermost value that there is, for a path that leads on", () => {
    expect(offsetOf(' {"a": [1, {}]}', ["b", 1, "a"])).toBe(11);
    expect(offsetOf(' {"a": [1, {}]}', [7, "a"])).toBe(7);
    expect(offsetOf(' {"a": [1, {}]}', ["x", 0, "a"])).toBe(8);
    expect(offsetOf(" 5", ["x"])).toBe(1);
  });

  test("is the last of equal keys, the one that JSON.parse takes", () => {
    expect(offsetOf('{"a":1,"\\u0061":2}', ["a"])).toBe(16);
  });

  test("after equal keys is not in the earlier value, even where only that one leads on", () => {
    expect(offsetOf('{"a":{"b":1},"a":{"c":2}}', ["b", "a"])).toBe(17);
    expect(offsetOf('{"a":{"b":1},"a":[2]}', ["b", "a"])).toBe(17);
    expect(offsetOf('{"a":{"b":1},"a":{"b":2},"c":{"b":3}}', ["b", "a"])).toBe(22);
    expect(offsetOf('{"a\\"b":{"\\\\":"]}"}}', ["\\", 'a"b'])).toBe(14);
  });

  test("is found in one pass, however deep it is and however long what it is next to", () => {
    const deepText = (levels: number) => {
      const inner = `{"pad":[${"1,".repeat(20_000)}"\\"]}"],"kids":[]}`;
      return '{"v":"","kids":['.repeat(levels) + inner + "]}".repeat(levels);
    };
    for (const levels of [1, 2, 126]) {
      const text = deepText(levels);
      const path = Array.from({ length: levels }, () => [0, "kids"]).flat();
      let looks = 0;
      const counted = {
        length: text.length,
        charCodeAt: (i: number) => {
          looks++;
          return text.charCodeAt(i);
        },
        charAt: (i: number) => {
          looks++;
          return text.charAt(i);
        },
        slice: (start?: number, end?: number) => text.slice(start, end),
      };
      expect(offsetOf(counted, ["v", ...path])).toBe(16 * levels);
      expect(looks).toBeLessThan(3 * text.length);
    }
  });

  test("comes with code and path", () => {
    const read = (v: unknown) => {
      const items = fromJsonArray(fromJsonObject(v)["items"]);
      try {
        return fromJsonI32(items[1]);
      } catch (error) {
        throw within(within(error, 1), "items");
      }
    };
    const error = thrown(() => parseJson("Order", '{"items": [1, "x"]}', read));
    expect(error).toBeInstanceOf(DecodeError);
    expect(error).toMatchObject({
      code: "wrongType",
      path: "Order.items[1]",
      offset: 14,
      message: "Cannot decode Order.items[1]: expected i32, found string at offset 14",
    });
  });
});

describe("a key that is refused", () => {
  const read = (v: unknown) => {
    try {
      return fromJsonKeys(fromJsonObject(fromJsonObject(v)["r"]));
    } catch (error) {
      throw within(error, "r");
    }
  };

  test("ends the path of the error, whose offset is that of its value", () => {
    expect(thrown(() => parseJson("Value", '{"r":{"a":1,"__proto__":2}}', read))).toMatchObject({
      code: "unsafeKey",
      path: "Value.r.__proto__",
      offset: 24,
    });
    expect(thrown(() => parseJson("Value", '{"r":{"a":1,"\\ud800":2}}', read))).toMatchObject({
      code: "loneSurrogate",
      path: 'Value.r["\\ud800"]',
      offset: 21,
    });
  });

  test("may be the key of a map, where it is one", () => {
    const keysOf = (text: string) => parseJson("Value", text, (v) => fromJsonMapKeys(fromJsonObject(v)));
    expect(keysOf('{"a":1,"__proto__":2}')).toEqual(["a", "__proto__"]);
    expect(thrown(() => keysOf('{"\\ud800":2}'))).toMatchObject({ code: "loneSurrogate" });
  });
});

describe("text that is no JSON", () => {
  test.each([
    ["", 0],
    ["  ", 2],
    ["x", 0],
    ["[1,]", 3],
    ["[1 2]", 3],
    ['{"a" 1}', 5],
    ['{"a":}', 5],
    ['{"a":1,}', 7],
    ["{a:1}", 1],
    ["{,}", 1],
    ["[", 1],
    ['{"a":1', 6],
    ["[1]]", 3],
    ["1 2", 2],
    ["01", 1],
    ["-", 1],
    ["1.", 2],
    ["1e", 2],
    ["1e+", 3],
    [".5", 0],
    ["+1", 0],
    ["nul", 3],
    ["nulL", 3],
    ["truex", 4],
    ['"a', 2],
    ['"a\n"', 2],
    ['"\\x"', 2],
    ['"\\u12g4"', 5],
    ['"\\', 2],
    ["\ufeff1", 0],
    ["'a'", 0],
    ["NaN", 0],
    ["[1}", 2],
    ['{"a":1]', 6],
    ["undefined", 0],
  ])("%j is refused at %d", (text, offset) => {
    expect(thrown(() => JSON.parse(text))).toBeInstanceOf(SyntaxError);
    expect(thrown(() => parsed(fromJsonString, text))).toMatchObject({
      code: "badJson",
      offset,
      path: "Value",
    });
  });

  test("is refused where the engine says, if it says", () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom(...'{}[],:"\\0123.eE+-ntf \n\tx', ""))
      .map(([text, place, other]) => {
        const p = place % (text.length + 1);
        return text.slice(0, p) + other + text.slice(p + 1);
      });
    fc.assert(
      fc.property(broken, (text) => {
        const position = enginePosition(text);
        if (position !== undefined) expect(syntaxErrorOffset(text)).toBe(position);
      }),
      { numRuns: 5000 },
    );
  });

  test("is refused where it begins to be wrong, however deep it nests", () => {
    const deep = "[".repeat(300_000);
    expect(syntaxErrorOffset(deep)).toBe(300_000);
    expect(thrown(() => parsed(fromJsonString, deep))).toMatchObject({ code: "badJson", offset: 300_000 });
    const objects = '{"a":'.repeat(100_000);
    expect(syntaxErrorOffset(`${objects}]`)).toBe(500_000);
  });

  test.each([undefined, null, 1, {}, new Uint8Array()])("%p is no text at all", (input) => {
    expect(thrown(() => parsed(fromJsonString, input as string))).toMatchObject({
      code: "wrongInput",
      offset: 0,
    });
  });
});

/** V8 names the offset for some errors, and words those at the end of the text alike. */
function enginePosition(text: string): number | undefined {
  try {
    JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    if (message === "Unexpected end of JSON input") return text.length;
    const found = /at position (\d+)/.exec(message);
    return found ? Number(found[1]) : undefined;
  }
  return undefined;
}

describe("hostile JSON", () => {
  test("that nests deep where the type does not ends at once", () => {
    const text = `{"x": ${"[".repeat(200_000)}${"]".repeat(200_000)}, "a": "s"}`;
    const read = (v: unknown) => {
      try {
        return fromJsonI32(fromJsonObject(v)["a"]);
      } catch (error) {
        throw within(error, "a");
      }
    };
    expect(thrown(() => parseJson("Deep", text, read))).toMatchObject({
      code: "wrongType",
      offset: text.length - 4,
    });
  });

  test("with too many digits is refused before they are parsed", () => {
    const text = `"${"9".repeat(5_000_000)}"`;
    const parse = jest.spyOn(globalThis, "BigInt");
    expect(thrown(() => parsed(fromJsonBigint, text))).toMatchObject({ code: "tooManyDigits" });
    expect(parse).not.toHaveBeenCalled();
    parse.mockRestore();
    const most = 2n ** 16_383n - 1n;
    expect(parsed(fromJsonBigint, `"${most}"`)).toBe(most);
    expect(thrown(() => parsed(fromJsonBigint, `"${most + 1n}"`))).toMatchObject({ code: "tooManyDigits" });
    expect(parsed(fromJsonBigint, `"${-most - 1n}"`)).toBe(-most - 1n);
    expect(thrown(() => parsed(fromJsonBigint, `"${-most - 2n}"`))).toMatchObject({ code: "tooManyDigits" });
  });

  test.each(["1e3", "1.0"])("integers may be spelled %s", (text) => {
    expect(parsed(fromJsonI32, text)).toBe(Number(text));
  });

  test.each([
    '"01"',
    '"-0"',
    '"+1"',
    '""',
    '" 1"',
    '"1n"',
    '"0x1"',
    '"1_0"',
    '"٣"',
    "1.5",
    "1e20",
    "true",
    "null",
  ])("%s is no bigint", (text) =>
    expect(thrown(() => parsed(fromJsonBigint, text))).toBeInstanceOf(DecodeError),
  );
});

describe("depth", () => {
  test("is 128 unless the caller says otherwise, a whole number, and never more than 1000", () => {
    const depths = [undefined, {}, { depthMax: 5 }, { depthMax: 2.5 }, { depthMax: 1e9 }, { depthMax: -1 }];
    const seen = depths.map((options) =>
      Number(stringifyJson("Depth", (_, depth) => `${depth}`, 0, options)),
    );
    expect(seen).toEqual([128, 128, 5, 2, 1000, 0]);
    expect(parseJson("Depth", "0", (_, depth) => depth, { depthMax: Number.NaN })).toBe(0);
  });
});
