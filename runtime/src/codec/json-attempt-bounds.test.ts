// Attempts at texts that were cut off, with anything at all in the units behind them: those are kept between calls, so
// longer texts leave theirs there.
import { inspect, isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { parseJson } from "./json.ts";
import {
  after,
  attemptArray,
  attemptEnd,
  isNext,
  type JsonCursor,
  jsonPieces,
  parseJsonOwn,
} from "./json-attempt.ts";
import { attemptBigint, attemptI64, attemptU64 } from "./json-attempt-bigints.ts";
import { attemptF32, attemptF64 } from "./json-attempt-floats.ts";
import {
  attemptBoolean,
  attemptI8,
  attemptI32,
  attemptInt,
  attemptLiteral,
  attemptString,
  attemptU8,
  attemptU32,
  isNextNull,
} from "./json-attempt-values.ts";
import { fromJsonArray, fromJsonObject } from "./json-collections.ts";
import {
  fromJsonBigint,
  fromJsonBoolean,
  fromJsonF32,
  fromJsonF64,
  fromJsonI8,
  fromJsonI32,
  fromJsonI64,
  fromJsonInt,
  fromJsonLiteral,
  fromJsonString,
  fromJsonU8,
  fromJsonU32,
  fromJsonU64,
} from "./json-value.ts";
import { within } from "./wire-error.ts";

/** A type of values, read in both ways. */
interface Reader<T> {
  readonly attempt: (c: JsonCursor) => T;
  readonly read: (v: unknown) => T;
}

const modes = ["off", "on again"] as const;
const modePieces = jsonPieces(modes.map((mode) => JSON.stringify(mode)));

const u8: Reader<number> = { attempt: attemptU8, read: fromJsonU8 };
const f64: Reader<number> = { attempt: attemptF64, read: fromJsonF64 };
const u64: Reader<bigint> = { attempt: attemptU64, read: fromJsonU64 };
const text: Reader<string> = { attempt: attemptString, read: fromJsonString };
const mode: Reader<string> = {
  attempt: (c) => attemptLiteral(c, modes, modePieces),
  read: (v) => fromJsonLiteral(modes, v),
};

const leaves: Readonly<Record<string, Reader<unknown>>> = {
  name: text,
  u8,
  i8: { attempt: attemptI8, read: fromJsonI8 },
  u32: { attempt: attemptU32, read: fromJsonU32 },
  i32: { attempt: attemptI32, read: fromJsonI32 },
  int: { attempt: attemptInt, read: fromJsonInt },
  f64,
  f32: { attempt: attemptF32, read: fromJsonF32 },
  u64,
  i64: { attempt: attemptI64, read: fromJsonI64 },
  big: { attempt: attemptBigint, read: fromJsonBigint },
  mode,
  flag: { attempt: attemptBoolean, read: fromJsonBoolean },
  none: {
    attempt: (c) => (isNextNull(c) ? null : attemptU8(c)),
    read: (v) => (v === null ? v : fromJsonU8(v)),
  },
};

function arrayOf<T>({ attempt, read }: Reader<T>): Reader<readonly T[]> {
  return {
    attempt: (c) => attemptArray(c, attempt),
    read: (v) => fromJsonArray(v).map((item, index) => named(String(index), () => read(item))),
  };
}

function named<T>(key: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw within(error, key);
  }
}

/** As codecs read objects; the last property may be absent. */
function objectOf(fields: Readonly<Record<string, Reader<unknown>>>): Reader<unknown> {
  const names = Object.keys(fields);
  const pieces = jsonPieces(names.map((name, i) => `${i === 0 ? "{" : ","}${JSON.stringify(name)}:`));
  const last = names.length - 1;
  return {
    attempt: (c) => {
      const value = names.map((name, i) => {
        const { attempt } = fields[name]!;
        if (i < last || last === 0) return attempt(after(c, pieces[i]!));
        return isNext(c, pieces[i]!) ? attempt(c) : undefined;
      });
      attemptEnd(c);
      return value;
    },
    read: (v) => {
      const object = fromJsonObject(v);
      return names.map((name, i) => {
        const isAbsent = i > 0 && i === last && object[name] === undefined;
        return isAbsent ? undefined : named(name, () => fields[name]!.read(object[name]));
      });
    },
  };
}

function outcome(read: () => unknown): unknown {
  try {
    return { value: read() };
  } catch (error) {
    const { name, message, ...rest } = error as Error;
    return { ...rest, name, message };
  }
}

/** What {@link parseJsonOwn} makes of a text in `size` kept units, all of which said something else before. */
function parsedAmong(stale: string, size: number, json: string, { attempt, read }: Reader<unknown>): unknown {
  const spoil = ({ units }: JsonCursor) => {
    for (let i = 0; i < units.length; i++) units[i] = stale.charCodeAt(i % stale.length);
  };
  const counted = (c: JsonCursor) => {
    if (c.units.length !== size) throw new Error(`${c.units.length} units instead of ${size}`);
    return attempt(c);
  };
  let found: unknown;
  // Within an attempt no cursor is kept: the first text makes one, twice as long as itself, and the second takes that.
  const nested = () => {
    outcome(() => parseJsonOwn("T", "x".repeat((size - 6) / 2), spoil, () => 0));
    found = outcome(() => parseJsonOwn("T", json, counted, read));
  };
  outcome(() => parseJsonOwn("T", "", nested, () => 0));
  return found;
}

const full =
  '{"name":"Ada","u8":250,"i8":-12,"u32":4294967295,"i32":-2147483648,"int":-9007199254740991,"f64":-12.0625,' +
  '"f32":0.5,"u64":"18446744073709551615","i64":"-9223372036854775807","big":-7,"mode":"on again","flag":false,' +
  '"none":null}';

/** All at once, and each in an array, where an attempt steps over the end of the text before it looks. */
const texts: readonly (readonly [string, string, Reader<unknown>])[] = [
  ["an object of all", full, objectOf(leaves)],
  ["numbers", "12", u8],
  ["floats", "-1.5", f64],
  ["arrays of numbers", "[[12,250],[],[7]]", arrayOf(arrayOf(u8))],
  ["arrays of floats", "[[-1.5,20.25],[0.125]]", arrayOf(arrayOf(f64))],
  ["arrays of bigints", '[["18446744073709551615",12],["9007199254740993"]]', arrayOf(arrayOf(u64))],
  ["arrays of strings", '[["a","some more text"],["ü"]]', arrayOf(arrayOf(text))],
  ["arrays of literals", '[["off","on again"],["off"]]', arrayOf(arrayOf(mode))],
  [
    "arrays of objects",
    '[{"a":1.5,"b":"x","c":12},{"a":2,"b":""}]',
    arrayOf(objectOf({ a: f64, b: text, c: u8 })),
  ],
];

/** In the place of what stands behind the text. */
const stales = ["\0", "9", "1.", "-", '"', '"9', '"-9', '",', '["', "[9", "]", "}", ",", 'true,"'];

/** Each size that an array may have for a text, from one that it fills on: they are even, and never below 6. */
function sizesFor(length: number): readonly number[] {
  return Array.from({ length: 9 }, (_, i) => length + 1 + i).filter((size) => size % 2 === 0 && size >= 6);
}

describe.each(texts)("%s", (_, whole, reader) => {
  const behind = [...stales, whole, `${whole.slice(1)}${whole}`];

  test("cut off anywhere, give what JSON.parse and the checks give, whatever stands behind them", () => {
    for (let length = 0; length <= whole.length; length++) {
      const json = whole.slice(0, length);
      const expected = outcome(() => parseJson("T", json, reader.read));
      for (const size of sizesFor(length)) {
        for (const stale of behind) {
          const found = parsedAmong(stale, size, json, reader);
          if (isDeepStrictEqual(found, expected)) continue;
          const where = `${json} among ${size} of ${JSON.stringify(stale)}`;
          throw new Error(`${where}: ${inspect(found)} instead of ${inspect(expected)}`);
        }
      }
    }
  });

  test("whole, are read without JSON.parse, whatever stands behind them", () => {
    const refuse = () => {
      throw new Error("the attempt has failed");
    };
    for (const size of sizesFor(whole.length)) {
      for (const stale of behind) {
        const found = parsedAmong(stale, size, whole, { ...reader, read: refuse });
        expect(found).toEqual({ value: parseJson("T", whole, reader.read) });
      }
    }
  });
});

test("an attempt that fails within a string goes on behind what it has looked through", () => {
  for (const json of ['"an endless string', '"an escape: \\n"', '"a line\n"']) {
    let offset = 0;
    const attempt = (c: JsonCursor) => {
      attemptString(c);
      offset = c.offset;
    };
    outcome(() => parseJsonOwn("T", json, attempt, () => 0));
    expect(offset).toBe(/[\n\\]/.exec(json)?.index ?? json.length);
  }
});
