// Dates: which values are dates, which timestamps and which texts.
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { copyDate } from "./index.ts";
import {
  bytesOf,
  decoded,
  encoded,
  hexOf,
  parsed,
  primitive,
  stringified,
  thrown,
} from "./primitives.testing.ts";

const { put, read, json, fromJson, check } = primitive("date");

function timeOf(value: unknown): number {
  return (value as Date).getTime();
}

describe("a date is", () => {
  class Stamp extends Date {
    override getTime(): number {
      return 7;
    }

    override toISOString(): string {
      return "overridden";
    }
  }

  test.each([
    ["one of this realm", new Date(5)],
    ["one of another realm", runInNewContext("new Date(5)")],
    ["one of a subclass, as what it holds", new Stamp(5)],
    ["one with another prototype", Object.setPrototypeOf(new Date(5), null)],
  ])("%s", (_, value) => {
    expect(check(value)).toBeUndefined();
    expect(timeOf(decoded(read, encoded(put, value)))).toBe(5);
    expect(stringified(json, value)).toBe('"1970-01-01T00:00:00.005Z"');
  });

  test.each([
    ["what inherits from Date", Object.create(Date.prototype)],
    ["what calls itself one", { [Symbol.toStringTag]: "Date", getTime: () => 0, toISOString: () => "" }],
    ["a proxy of one", new Proxy(new Date(0), {})],
    ["a class", Date],
    ["a text", "1970-01-01T00:00:00.000Z"],
    ["a number", 0],
    ["null", null],
  ])("not %s", (_, value) => {
    expect(check(value)).toEqual({ path: "", expected: "date" });
    expect(thrown(() => encoded(put, value))).toMatchObject({ name: "EncodeError", code: "wrongType" });
    expect(thrown(() => stringified(json, value))).toMatchObject({ name: "EncodeError", code: "wrongType" });
  });

  test("not an invalid one", () => {
    const value = new Date(Number.NaN);
    expect(check(value)).toEqual({ path: "", expected: "valid date" });
    expect(thrown(() => stringified(json, value))).toMatchObject({ code: "outOfRange" });
  });
});

test("a copy of a date is another one, of an invalid one there is none", () => {
  const value = new Date(5);
  expect(copyDate(value)).toEqual(value);
  expect(copyDate(value)).not.toBe(value);
  expect(thrown(() => copyDate(new Date(Number.NaN)))).toMatchObject({
    name: "EncodeError",
    code: "outOfRange",
  });
});

describe("a timestamp", () => {
  test.each([
    ["of 32 bits", "d6ff 00000001", 1000],
    ["of 32 bits with a longer header", "c704ff 00000001", 1000],
    ["of 64 bits that fit 32", "d7ff 00000000 00000001", 1000],
    ["of 96 bits that fit 32", "c70cff 00000000 0000000000000001", 1000],
    ["of 64 bits with milliseconds", "d7ff ee2e1f00 00000000", 999],
    ["of 96 bits before 1970", "c70cff 1dcd6500 ffffffffffffffff", -500],
    ["with a 16-bit length", "c80004ff 00000001", 1000],
  ])("%s is read", (_, hex, time) => {
    expect(timeOf(decoded(read, bytesOf(hex)))).toBe(time);
  });

  test.each([
    ["a microsecond", "d7ff 00000fa0 00000000", "outOfRange"],
    ["a second of nanoseconds", "c70cff 3b9aca00 0000000000000000", "outOfRange"],
    ["more nanoseconds than a second has", "d7ff ffffffff ffffffff", "outOfRange"],
    ["a millisecond beyond the last Date", "c70cff 000f4240 000007dba8218000", "outOfRange"],
    ["a second before the first Date", "c70cff 00000000 fffff82457de7fff", "outOfRange"],
    ["the least 64-bit time", "c70cff 00000000 8000000000000000", "outOfRange"],
    ["the greatest 64-bit time", "c70cff 3b9ac9ff 7fffffffffffffff", "outOfRange"],
    ["no bytes", "c700ff", "wrongLength"],
    ["16 bytes", `d8ff ${"00".repeat(16)}`, "wrongLength"],
    ["nil", "c0", "wrongType"],
    ["another extension", "d6fe 00000000", "wrongType"],
    ["a length beyond the end", "c9ffffffffff", "truncated"],
  ])("of %s is refused", (_, hex, code) => {
    expect(thrown(() => decoded(read, bytesOf(hex)))).toMatchObject({ name: "DecodeError", code, offset: 0 });
  });

  test("is the shortest that holds the time", () => {
    const lengths = [0, 0xffff_ffff * 1000, 0x1_0000_0000 * 1000, 1, -1, -1000, 0x4_0000_0000 * 1000].map(
      (time) => encoded(put, new Date(time)).length,
    );
    expect(lengths).toEqual([6, 6, 10, 10, 15, 15, 15]);
    expect(hexOf(encoded(put, new Date(-0)))).toBe("d6ff00000000");
  });
});

describe("the text of a date", () => {
  const read = (text: string): number => timeOf(parsed(fromJson, JSON.stringify(text)));

  test.each([
    ["2024-02-29T12:30:15.250Z", Date.UTC(2024, 1, 29, 12, 30, 15, 250)],
    ["2024-02-29T12:30:15Z", Date.UTC(2024, 1, 29, 12, 30, 15)],
    ["2024-02-29t12:30:15z", Date.UTC(2024, 1, 29, 12, 30, 15)],
    ["2024-02-29T12:30:15.2Z", Date.UTC(2024, 1, 29, 12, 30, 15, 200)],
    ["2024-02-29T12:30:15.25Z", Date.UTC(2024, 1, 29, 12, 30, 15, 250)],
    ["2024-02-29T12:30:15.250000000Z", Date.UTC(2024, 1, 29, 12, 30, 15, 250)],
    ["2024-02-29T12:30:15+02:00", Date.UTC(2024, 1, 29, 10, 30, 15)],
    ["2024-01-01T00:30:00+05:45", Date.UTC(2023, 11, 31, 18, 45)],
    ["2023-12-31T23:59:59.999-23:59", Date.UTC(2024, 0, 1, 23, 58, 59, 999)],
    ["2024-02-29T12:30:15-00:00", Date.UTC(2024, 1, 29, 12, 30, 15)],
    ["0000-01-01T00:00:00Z", -62_167_219_200_000],
    ["0099-12-31T00:00:00Z", -59_011_545_600_000],
    ["+002024-02-29T12:30:15Z", Date.UTC(2024, 1, 29, 12, 30, 15)],
    ["-000001-02-28T00:00:00Z", -62_193_744_000_000],
    ["+275760-09-13T00:00:00.000Z", 8.64e15],
    ["+275760-09-13T01:00:00.000+01:00", 8.64e15],
    ["-271821-04-19T23:00:00.000-01:00", -8.64e15],
  ])("%s is read", (text, time) => {
    expect(read(text)).toBe(time);
  });

  test.each([
    ...[
      "2020",
      "tomorrow",
      "",
      " ",
      "0",
      "2020-01-01",
      "2020-01",
      "12:00",
      "2020-01-01T00:00Z",
      "20200101T000000Z",
    ],
    ...["2020-01-01T00:00:00", "2020-01-01 00:00:00Z", "2020-01-01T00:00:00 Z", "2020-01-01T00:00:00GMT"],
    ...["2020-02-31T00:00:00Z", "2021-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2020-04-31T00:00:00Z"],
    ...["2020-00-01T00:00:00Z", "2020-13-01T00:00:00Z", "2020-01-00T00:00:00Z", "2020-01-32T00:00:00Z"],
    ...["2020-01-01T24:00:00Z", "2020-01-01T23:60:00Z", "2016-12-31T23:59:60Z", "2020-01-01T00:00:00.Z"],
    ...["2020-01-01T00:00:00.1234Z", "2020-01-01T00:00:00.0001Z", "2020-01-01T00:00:00,5Z"],
    ...[
      "2020-01-01T00:00:00+24:00",
      "2020-01-01T00:00:00+01:60",
      "2020-01-01T00:00:00+0100",
      "2020-01-01T00:00:00+01",
    ],
    ...["-000000-01-01T00:00:00Z", "12020-01-01T00:00:00Z", "+2020-01-01T00:00:00Z", "-2020-01-01T00:00:00Z"],
    ...[
      "2020-01-01T00:00:00Z\n",
      "\n2020-01-01T00:00:00Z",
      "２020-01-01T00:00:00Z",
      "Thu, 01 Jan 1970 00:00:00 GMT",
    ],
  ])("%j is none", (text) => {
    expect(thrown(() => read(text))).toMatchObject({
      name: "DecodeError",
      code: "invalidDate",
      path: "Value",
    });
  });

  test.each(["+275760-09-13T00:00:00.001Z", "+999999-12-31T23:59:59Z", "-271821-04-19T23:59:59.999Z"])(
    "%s is beyond what a Date holds",
    (text) => {
      expect(thrown(() => read(text))).toMatchObject({ name: "DecodeError", code: "outOfRange" });
    },
  );

  test("is read as the engine reads it, at any time and in any zone", () => {
    const zones = fc.tuple(fc.constantFrom("+", "-"), fc.nat(23), fc.nat(59));
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), zones, (date, [sign, hours, minutes]) => {
        const pad = (n: number): string => String(n).padStart(2, "0");
        const text = date.toISOString().replace("Z", `${sign}${pad(hours)}:${pad(minutes)}`);
        const expected = Date.parse(text);
        if (!Number.isNaN(expected)) expect(read(text)).toBe(expected);
        expect(read(date.toISOString())).toBe(date.getTime());
      }),
      { numRuns: 2000 },
    );
  });

  test("that a Date prints otherwise is read by nobody: whatever is read says one time", () => {
    const digits = fc.constantFrom(..."0123456789-+:.TZ");
    fc.assert(
      fc.property(fc.array(digits, { minLength: 18, maxLength: 28 }), (characters) => {
        const text = characters.join("");
        const error = (() => {
          try {
            return read(text) === Date.parse(text) ? undefined : new Error(text);
          } catch (caught) {
            return caught;
          }
        })();
        if (error !== undefined) expect(error).toMatchObject({ name: "DecodeError" });
      }),
      { numRuns: 500 },
    );
  });
});
