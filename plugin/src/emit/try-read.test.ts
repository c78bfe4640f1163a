// A message is tried first and read with care where that fails: by whichever way, what comes of it is the same.
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import * as bench from "../../../fixtures/bench/workloads.codec.ts";
import * as derived from "../../../fixtures/wire/derived/input.codec.ts";
import { values as derivedValues } from "../../../fixtures/wire/derived/values.ts";
import * as names from "../../../fixtures/wire/names/input.codec.ts";
import { values as namesValues } from "../../../fixtures/wire/names/values.ts";
import { valuesOf } from "../../../scripts/bench/codec/values.ts";
import { inMemoryProject } from "../analyze/in-memory-project.testing.ts";
import { generate } from "../generate.ts";

type Decode = (bytes: Uint8Array, options?: object) => unknown;
type Functions = Readonly<Record<string, unknown>>;

/** What a user sees: the value, or what the error says. */
function outcome(decode: () => unknown): unknown {
  try {
    return { value: decode() };
  } catch (error) {
    return String(error);
  }
}

/** Options that choose what there is without them: messages with options are not tried. */
const none = {};

/** The bytes cut off before each one, with bits of each one changed, and with other formats and texts in its place. */
function* altered(bytes: Uint8Array): Generator<Uint8Array> {
  const parts = [
    "c0",
    "c1",
    "cc05",
    "cd0005",
    "cf0000000000000005",
    "d300200000000000",
    "ca3f800000",
    "dc0000",
    "d90161",
  ]
    .concat("a1ff", "a3efbfbd", "b0", "da000161", "92", "")
    .map((hex) => Buffer.from(hex, "hex"));
  for (let place = 0; place < Math.min(bytes.length, 60); place++) {
    yield bytes.subarray(0, place);
    for (let bit = 0; bit < 8; bit++) yield bytes.with(place, bytes[place]! ^ (1 << bit));
    for (const part of parts)
      yield new Uint8Array([...bytes.subarray(0, place), ...part, ...bytes.subarray(place + 1)]);
  }
  yield new Uint8Array([...bytes, 0xc0]);
}

function expectSame(codec: Functions, name: string, values: readonly unknown[]): void {
  const decode = codec[`decode${name}`] as Decode;
  const encode = codec[`encode${name}`] as (value: unknown) => Uint8Array;
  let [accepted, refused] = [0, 0];
  for (const value of values) {
    const message = encode(value).slice();
    expect(decode(message)).toEqual(value);
    for (const bytes of altered(message)) {
      const tried = outcome(() => decode(bytes));
      const careful = outcome(() => decode(bytes, none));
      if (!isDeepStrictEqual(tried, careful))
        throw new Error(
          `${name} of ${Buffer.from(bytes).toString("hex")}: ${String(tried)}, not ${String(careful)}`,
        );
      if (typeof tried === "string") refused++;
      else accepted++;
    }
  }
  expect(accepted).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(5);
}

describe("a try at any altered message, and the careful reader behind it, give what the careful reader gives", () => {
  test.each(["SensorReading", "NodeId", "Command", "MediaContent", "Order"] as const)("%s", (name) => {
    expect(bench).toHaveProperty(`try${name}`);
    expectSame(bench, name, valuesOf(name, 5).slice(0, 8));
  });

  test("Readings1000, with few of them and with many", () => {
    const [{ readings }] = valuesOf("Readings1000", 5) as [{ readings: readonly unknown[] }];
    for (const count of [3, 70]) expectSame(bench, "Readings1000", [{ readings: readings.slice(0, count) }]);
  });

  test.each([
    ["names", names, namesValues],
    ["derived", derived, derivedValues],
  ] as const)("fixtures/wire/%s", (_, codec: Functions, values) => {
    const tried = Object.keys(values).filter((name) => `try${name}` in codec);
    expect(tried.length).toBeGreaterThan(0);
    for (const name of tried)
      expectSame(codec, name, (values as Readonly<Record<string, readonly unknown[]>>)[name]!);
  });
});

/** Whether there is an attempt at messages of the type `T`. */
function isTried(declarations: string): boolean {
  const { program, file } = inMemoryProject({
    "t.ts": `import type { f64, u8, i16, i32 } from "@hewn/runtime";\n${declarations}`,
  });
  const generated = generate(ts, program, file("t.ts"));
  expect(generated?.diagnostics).toEqual([]);
  expect(generated?.text).toContain("export function readT(");
  return generated!.text.includes("export function tryT(b");
}

describe("messages are tried", () => {
  const flag = (name: string) => `readonly ${name}: boolean`;
  const fields = (count: number) =>
    Array.from({ length: count }, (_, i) => `readonly f${i}: string`).join("; ");

  test.each([
    `interface T { readonly a: string; readonly b?: number; readonly c: bigint | null; readonly d: "x" | "y" }`,
    `interface T { readonly list: readonly { readonly a: string }[] }`,
    `type T = { readonly kind: "a" } | { readonly kind: "b"; readonly text: string }`,
    `type T = readonly string[]`,
    `interface T { ${fields(15)} }`,
  ])("of %s", (type) => {
    expect(isTried(`/** @wire */ export ${type}`)).toBe(true);
  });

  test.each([
    [
      "structs of small integers have an attempt of their own",
      `interface T { readonly x: i16; readonly y: i16 }`,
    ],
    ["packed floats", `interface T { readonly list: readonly f64[] }`],
    ["types that contain themselves", `interface T { readonly name: string; readonly next?: T }`],
    ["a longer header", `interface T { ${fields(16)} }`],
    [
      "what is charged for without a byte",
      `interface T { readonly a: string; readonly b: string | undefined }`,
    ],
    ["objects of one byte", `interface T { readonly a?: string }`],
    ["absence and null in one", `interface T { readonly a?: string | null; readonly b: string }`],
    ["kinds without a function", `interface T { readonly a: Date; readonly b: string }`],
    ["sets", `type T = ReadonlySet<string>`],
  ])("but not with %s", (_, type) => {
    expect(isTried(`/** @wire */ export ${type}`)).toBe(false);
  });

  test("of up to 1000 values, as one that fails at the first looks for them all", () => {
    const levels = (count: number) =>
      Array.from({ length: count }, (_, i) => {
        const next = i + 1 < count ? `; readonly a: L${i + 1}; readonly b: L${i + 1}` : "";
        return `export interface ${i === 0 ? "T" : `L${i}`} { ${flag("c")}; readonly d: string${next} }`;
      }).join("\n");
    // 510 and 1022 values.
    expect([8, 9].map((count) => isTried(`/** @wire */ ${levels(count)}`))).toEqual([true, false]);
  });
});
