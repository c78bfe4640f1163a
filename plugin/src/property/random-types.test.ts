import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Workspace } from "../bundler/workspace.testing.ts";
import { arrayArms } from "./array-arms.testing.ts";
import { checkSharing, isChangeable } from "./clone-oracle.testing.ts";
import { type CompiledModules, compileModules } from "./compiled-modules.testing.ts";
import { isNotFinite } from "./not-finite.testing.ts";
import { randomModules } from "./random-modules.testing.ts";
import { referenceDecode } from "./reference-decode.testing.ts";
import { bare, type Named } from "./shape.testing.ts";
import { valuesOf } from "./shape-values.testing.ts";
import { expectedWire, readWire } from "./wire-oracle.testing.ts";

const seed = Number(process.env["HEWN_SEED"] ?? 20261123);
const random = randomModules(seed, Number(process.env["HEWN_MODULES"] ?? 8), 8);
const modules = [...random, arrayArms(random.length)];
const runs = Number(process.env["HEWN_RUNS"] ?? 20);

const workspace = new Workspace();
let compiled: CompiledModules;

beforeAll(async () => {
  compiled = await compileModules(workspace, modules);
}, 60_000);

afterAll(() => workspace[Symbol.dispose]());

type Anything = (...values: unknown[]) => unknown;

interface Functions {
  readonly encode: (value: unknown, options?: { readonly depthMax: number }) => Uint8Array;
  readonly encodeInto: (value: unknown, target: Uint8Array, offset?: number) => number;
  readonly decode: (bytes: Uint8Array, options?: { readonly depthMax: number }) => unknown;
  readonly stringify: (value: unknown, options?: { readonly depthMax: number }) => string;
  readonly stringifyToBytes: (value: unknown) => Uint8Array;
  readonly parse: (text: string) => unknown;
  readonly parseFromBytes: (bytes: Uint8Array) => unknown;
  readonly is: (value: unknown) => boolean;
  readonly explain: (value: unknown) => unknown;
  /** Types that are immutable all the way down have none. */
  readonly clone: ((value: unknown, options?: { readonly depthMax: number }) => unknown) | undefined;
}

function functionsOf({ module, name }: Named): Functions {
  const codec = compiled.codecs[module] as Readonly<Record<string, Anything>>;
  const names = { encode: `encode${name}`, encodeInto: `encode${name}Into`, decode: `decode${name}` };
  const more = {
    stringify: `stringify${name}`,
    stringifyToBytes: `stringify${name}ToBytes`,
    parseFromBytes: `parse${name}FromBytes`,
    parse: `parse${name}`,
    is: `is${name}`,
    explain: `explain${name}`,
    clone: `clone${name}`,
  };
  const entries = Object.entries({ ...names, ...more }).map(([key, exported]) => [key, codec[exported]]);
  return Object.fromEntries(entries) as unknown as Functions;
}

const tagged = modules.flatMap(({ declarations }) => declarations.filter((named) => named.tagged));

/** Runs a property for each type; a failure names the type and, by its seed, the values. */
function forEachType(
  property: (functions: Functions, value: unknown, named: Named) => void,
  numRuns = runs,
): void {
  for (const named of tagged) {
    const functions = functionsOf(named);
    try {
      fc.assert(
        fc.property(valuesOf(named.shape), (value) => property(functions, value, named)),
        // Ends the search for a smaller counterexample, which can take hours for large values.
        { seed, numRuns, interruptAfterTimeLimit: 4000 },
      );
    } catch (error) {
      const { message, cause } = error as Error;
      const reason = `${cause instanceof Error ? cause.message : String(cause)}\n${message}`;
      throw new Error(`module${named.module}.ts ${named.name} (HEWN_SEED=${seed}): ${reason}`, { cause });
    }
  }
}

function same(actual: unknown, expected: unknown, what: string | (() => string)): void {
  if (!isDeepStrictEqual(actual, expected)) {
    const subject = typeof what === "string" ? what : what();
    throw new Error(`${subject}: ${fc.stringify(actual)} instead of ${fc.stringify(expected)}`);
  }
}

/** The value, or the error if it is one that a caller can expect. */
function outcome(
  read: () => unknown,
  errorName: "DecodeError" | "EncodeError",
): { value: unknown } | undefined {
  try {
    return { value: read() };
  } catch (error) {
    const expected = compiled.codecs.at(-1)?.[errorName] as new () => object;
    if (error instanceof expected) return undefined;
    throw error;
  }
}

/** The value, or what the error says. */
function told(read: () => unknown): unknown {
  try {
    return { value: read() };
  } catch (error) {
    return String(error);
  }
}

/** A field of an interface whose type is the interface itself or nothing. */
function selfField(self: Named): string | undefined {
  const shape = bare(self.shape);
  if (shape.kind !== "struct") return undefined;
  return shape.fields.find((field) => {
    return field.shape.kind === "maybe" && field.shape.type.kind === "ref" && field.shape.type.to === self;
  })?.name;
}

/** MessagePack values of other types, to stand where a byte of a message was. */
const foreignBytes = [
  "c0 c1 c2 00 7f e0 80 90 a0 c403010203 c70000 c70001 c70400ffffffff cc80 ccff cdffff ceffffffff cfffffffffffffffff",
  "d080 d18000 d280000000 d38000000000000000 ca7f800000 ca3f800000 cb7ff8000000000000 cb3ff8000000000000 a161 a1ff",
  "d901c0 dc0001 ddffffffff de0001 dfffffffff 9101 81a16101 c70802ffffffffffffffff c70403ffffffff c9ffffffff02",
]
  .join(" ")
  .split(" ")
  .map((hex) => [...Buffer.from(hex, "hex")]);

const foreignTokens = [
  ..."null true false 0 -1 -0 1.5 128 256 65536 -129 4294967296 9007199254740993 1e999 1e21 [ ] { } , : x".split(
    " ",
  ),
  ...[
    '"x"',
    '""',
    '"NaN"',
    '"Infinity"',
    '"18446744073709551616"',
    '"\\ud800"',
    '"=="',
    '"__proto__"',
    "[1]",
    '{"a":1}',
    "",
  ],
];

/** Copies of a value in which something of another type stands somewhere. */
function spoilt(value: unknown, others: readonly unknown[]): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner], index) => {
    const parts = [
      others[index % others.length],
      Symbol("no value"),
      2 ** 70,
      "\ud800",
      10n,
      ...spoilt(inner, others).slice(0, 20),
    ];
    return parts.map((part) => (Array.isArray(value) ? value.with(index, part) : { ...value, [key]: part }));
  });
}

/** Which part of a message to replace, and with what: the same for the same length. */
function damagesOf<T>(length: number, parts: readonly T[]): { readonly place: number; readonly with: T }[] {
  if (length === 0) return [];
  const damage = fc.record({ place: fc.nat(length - 1), with: fc.constantFrom(...parts) });
  return fc.sample(damage, { seed: seed + length, numRuns: 24 });
}

describe("codecs of random types", () => {
  test("no sound type is refused", () => {
    expect(compiled.refusals).toEqual([]);
  });

  test("they pass tsc under every strict flag", () => {
    expect(compiled.errors).toEqual([]);
  });

  test("every value is of its type and comes back from both formats", () => {
    forEachType(({ encode, decode, stringify, parse, is, explain }, value) => {
      same(explain(value), undefined, "explain");
      same(is(value), true, "is");
      same(decode(encode(value)), value, "decode(encode(value))");
      same(decode(encode(value), { depthMax: 128 }), value, "decode(encode(value), options)");
      const text = stringify(value);
      JSON.parse(text);
      same(parse(text), value, () => `parse(${text})`);
    });
  });

  test("JSON as bytes is the UTF-8 of the text, and is parsed as the text is", () => {
    forEachType(({ stringify, stringifyToBytes, parseFromBytes }, value) => {
      const [text, bytes] = [stringify(value), stringifyToBytes(value)];
      const copy = bytes.slice();
      same(Buffer.from(copy).toString(), text, "stringifyToBytes");
      same(parseFromBytes(copy), value, () => `parseFromBytes(${text})`);
      stringifyToBytes(value);
      same(bytes.slice(), copy, "bytes that were given away");
    });
  });

  test("JSON as bytes is refused where the text is, with the same error", () => {
    const junk = fc.anything({ withBigInt: true, withMap: true, withSet: true, withTypedArray: true });
    const strangers = fc.sample(fc.oneof(junk, ...tagged.map((named) => valuesOf(named.shape))), {
      seed,
      numRuns: 60,
    });
    const errorOf = (write: () => unknown): unknown => {
      try {
        write();
        return undefined;
      } catch (error) {
        const { code, path, message } = error as Error & Readonly<Record<"code" | "path", unknown>>;
        return { code, path, message };
      }
    };
    forEachType(({ stringify, stringifyToBytes }, value) => {
      const values = [...strangers.slice(0, 20), ...spoilt(value, strangers)];
      for (const each of values) {
        const [byText, byBytes] = [stringify, stringifyToBytes].map((write) => errorOf(() => write(each)));
        same(byBytes, byText, () => `the error of ${fc.stringify(each)}`);
      }
    }, 4);
  });

  test("a clone equals the value and shares with it what is immutable, and only that", () => {
    for (const named of tagged) {
      const { [`${named.name}Codec`]: codec } = compiled.codecs[named.module] as Record<string, object>;
      same("clone" in (codec as object), isChangeable(named.shape), () => `${named.name}Codec.clone`);
    }
    forEachType(({ clone, encode, is }, value, { shape }) => {
      same(clone !== undefined, isChangeable(shape), "is there a clone");
      if (!clone) return;
      const copy = clone(value);
      same(copy, value, "clone(value)");
      same(is(copy), true, "is(clone(value))");
      same(encode(copy), encode(value), "encode(clone(value))");
      checkSharing(shape, value, copy);
    });
  });

  test("a clone of whatever else passes for a value is a clone of it, or an EncodeError", () => {
    const junk = fc.sample(
      fc.anything({ withBigInt: true, withMap: true, withSet: true, withTypedArray: true }),
      {
        seed,
        numRuns: 150,
      },
    );
    for (const { clone } of tagged.map(functionsOf)) {
      for (const value of junk) outcome(() => clone?.(value), "EncodeError");
    }
  });

  test("bytes say what the protocol says, by an independent reader", () => {
    forEachType(({ encode }, value, named) => {
      same(readWire(encode(value)), expectedWire(named.shape, value), "bytes");
    });
  });

  test("encoding into a buffer gives the same bytes at the offset, and needs no more room than they have", () => {
    forEachType(({ encode, encodeInto }, value) => {
      const bytes = encode(value);
      const target = new Uint8Array(bytes.length + 3).fill(0xaa);
      same(encodeInto(value, target, 3), bytes.length + 3, "end");
      same([...target], [0xaa, 0xaa, 0xaa, ...bytes], "target");
      if (bytes.length > 0) {
        const short = outcome(() => encodeInto(value, new Uint8Array(bytes.length - 1), 0), "EncodeError");
        same(short, undefined, "encoding into too little room");
      }
    });
  });

  test("every truncation is a DecodeError, and so is every byte more", () => {
    forEachType(({ encode, decode }, value) => {
      const bytes = encode(value).slice();
      for (let length = 0; length < Math.min(bytes.length, 60); length++) {
        same(
          outcome(() => decode(bytes.subarray(0, length)), "DecodeError"),
          undefined,
          `cut at ${length}`,
        );
      }
      same(
        outcome(() => decode(new Uint8Array([...bytes, 0])), "DecodeError"),
        undefined,
        "a byte more",
      );
    }, 8);
  });

  test("damaged bytes give what an independent reader makes of them, or a DecodeError where it refuses", () => {
    forEachType(({ encode, decode, is }, value, { shape }) => {
      const bytes = encode(value).slice();
      for (const { place, with: part } of damagesOf(bytes.length, foreignBytes)) {
        const damaged = new Uint8Array([...bytes.subarray(0, place), ...part, ...bytes.subarray(place + 1)]);
        const decoded = outcome(() => decode(damaged), "DecodeError");
        // With options nothing is tried before the careful reader.
        same(
          told(() => decode(damaged)),
          told(() => decode(damaged, { depthMax: 128 })),
          "without options",
        );
        const expected = referenceDecode(shape, damaged);
        // The reference has no limits; so short a message reaches none.
        if (!decoded && damaged.length > 1000) continue;
        const what = () => `decode(${Buffer.from(damaged).toString("hex")})`;
        same(decoded, expected, what);
        if (decoded) same(is(decoded.value), true, () => `is(${what()})`);
      }
    }, 12);
  });

  test("damaged JSON gives a value of the type or a DecodeError", () => {
    forEachType(({ stringify, parse, is }, value) => {
      const text = stringify(value);
      const tokens = [...text.matchAll(/"(?:[^"\\]|\\.)*"|[^",:[\]{}]+|./g)].map(([token]) => token);
      for (const { place, with: part } of damagesOf(tokens.length, foreignTokens)) {
        const damaged = tokens.with(place, part).join("");
        const parsed = outcome(() => parse(damaged), "DecodeError");
        if (parsed) same(is(parsed.value), true, () => `is(parse(${damaged}))`);
      }
    }, 12);
  });

  test("fields that a newer version appends are passed over", () => {
    let seen = 0;
    forEachType(({ encode, decode }, value, { shape }) => {
      const bytes = encode(value);
      const type = bare(shape);
      const fields = type.kind === "struct" ? type.fields.length : -1;
      // A short array header counts the elements; a message whose tail was cut would take the new one for an old.
      if (bytes[0] !== 0x90 + fields || fields === 15) return;
      seen += 1;
      const newer = [0x93, 0x01, 0xa1, 0x61, 0xc7, 0x01, 0x55, 0x00];
      same(decode(new Uint8Array([bytes[0] + 1, ...bytes.subarray(1), ...newer])), value, "decode");
    }, 8);
    expect(seen).toBeGreaterThan(0);
  });

  test("a value that contains itself is refused, and so is one that nests too deep", () => {
    let seen = 0;
    forEachType(({ encode, decode, stringify, parse, is, clone }, value, named) => {
      const field = selfField(named);
      if (field === undefined) return;
      seen += 1;
      const deep = { ...(value as object) };
      let chain: object = deep;
      for (let depth = 0; depth < 140; depth++) chain = { ...deep, [field]: chain };
      const itself = Object.assign({ ...deep }, { [field]: undefined as unknown });
      itself[field] = itself;
      for (const endless of [chain, itself]) {
        same(
          outcome(() => encode(endless), "EncodeError"),
          undefined,
          "encode",
        );
        same(
          outcome(() => stringify(endless), "EncodeError"),
          undefined,
          "stringify",
        );
        same(is(endless), false, "is");
        if (clone) {
          same(
            outcome(() => clone(endless), "EncodeError"),
            undefined,
            "clone",
          );
        }
      }
      if (clone) same(clone(chain, { depthMax: 200 }), chain, "clone, where the limit is higher");
      const options = { depthMax: 200 };
      same(
        outcome(() => decode(encode(chain, options)), "DecodeError"),
        undefined,
        "decode",
      );
      same(
        outcome(() => parse(stringify(chain, options)), "DecodeError"),
        undefined,
        "parse",
      );
      same(decode(encode(chain, options), options), chain, "decode, where the limit is higher");
    }, 1);
    expect(seen).toBeGreaterThan(0);
  });

  test("values of other types are encoded only if they are of this one too, else an EncodeError", () => {
    const strangers = tagged.map((named) => valuesOf(named.shape));
    const junk = fc.oneof(
      fc.anything({ withBigInt: true, withMap: true, withSet: true, withTypedArray: true }),
      ...strangers,
    );
    const values = fc.sample(junk, { seed, numRuns: 150 });
    for (const named of tagged) {
      const { encode, stringify, decode, parse, is } = functionsOf(named);
      for (const value of values) {
        const what = () => `as module${named.module}.ts ${named.name} of ${fc.stringify(value)}`;
        const isOfType = is(value);
        const encoded = outcome(() => encode(value), "EncodeError");
        same(encoded !== undefined, isOfType, () => `encode ${what()}`);
        if (encoded) same(is(decode(encoded.value as Uint8Array)), true, () => `decode ${what()}`);
        const written = outcome(() => stringify(value), "EncodeError");
        const isWritten = written !== undefined || isNotFinite(() => stringify(value));
        same(isWritten, isOfType, () => `stringify ${what()}`);
        if (written) same(is(parse(written.value as string)), true, () => `parse ${what()}`);
      }
    }
  });
});
