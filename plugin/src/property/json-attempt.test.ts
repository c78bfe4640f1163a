// The two ways of parsing a JSON text, by what stringify writes and by JSON.parse, against each other.
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Workspace } from "../bundler/workspace.testing.ts";
import { type CompiledModules, compileModules } from "./compiled-modules.testing.ts";
import { randomModules } from "./random-modules.testing.ts";
import type { Named } from "./shape.testing.ts";
import { valuesOf } from "./shape-values.testing.ts";

const seed = Number(process.env["HEWN_SEED"] ?? 20261123);
const modules = randomModules(seed, Number(process.env["HEWN_MODULES"] ?? 8), 8);
const runs = Number(process.env["HEWN_RUNS"] ?? 12);

const workspace = new Workspace();
let compiled: CompiledModules;

beforeAll(async () => {
  compiled = await compileModules(workspace, modules);
}, 60_000);

afterAll(() => workspace[Symbol.dispose]());

type Read = (json: unknown) => unknown;

interface Subject {
  readonly named: Named;
  readonly stringify: (value: unknown) => string;
  readonly parse: (text: string) => unknown;
  /** By JSON.parse alone. */
  readonly parseCarefully: (text: string) => unknown;
  /** Without JSON.parse. */
  readonly parseOwn: (text: string) => unknown;
}

/** Types whose texts are attempted, which are some of all. */
function subjects(): readonly Subject[] {
  const tagged = modules.flatMap(({ declarations }) => declarations.filter((named) => named.tagged));
  const runtime = compiled.codecs.at(-1) as Readonly<Record<string, (...values: unknown[]) => unknown>>;
  return tagged.flatMap((named) => {
    const { name } = named;
    const codec = compiled.codecs[named.module] as Readonly<Record<string, Read>>;
    const attempt = codec[`attempt${name}`];
    if (!attempt) return [];
    const refuse = () => {
      throw new Error("the attempt has failed");
    };
    return {
      named,
      stringify: codec[`stringify${name}`] as Subject["stringify"],
      parse: codec[`parse${name}`] as Subject["parse"],
      parseCarefully: (text) => runtime["parseJson"]!(name, text, codec[`fromJson${name}`]),
      parseOwn: (text) => runtime["parseJsonOwn"]!(name, text, attempt, refuse),
    };
  });
}

function outcome(read: () => unknown): unknown {
  try {
    return { value: read() };
  } catch (error) {
    const { name, message, ...rest } = error as Error;
    return { ...rest, name, message };
  }
}

/** Each type with some of its values. */
function forEachType(property: (subject: Subject, text: string, value: unknown) => void): void {
  for (const subject of subjects()) {
    for (const value of fc.sample(valuesOf(subject.named.shape), { seed, numRuns: runs }))
      property(subject, subject.stringify(value), value);
  }
}

function agree({ named, parse, parseCarefully }: Subject, text: string): void {
  const [found, expected] = [outcome(() => parse(text)), outcome(() => parseCarefully(text))];
  if (isDeepStrictEqual(found, expected)) return;
  throw new Error(
    `parse${named.name}(${JSON.stringify(text)}): ${fc.stringify(found)} instead of ${fc.stringify(expected)}`,
  );
}

function reversed(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(reversed);
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json)
      .reverse()
      .map(([key, value]) => [key, reversed(value)]),
  );
}

/** Letters and digits within strings, keys among them, written as escapes. */
function escaped(text: string, isChosen: (index: number) => boolean): string {
  return text.replace(/"(?:[^"\\]|\\.)*"/gs, (literal) =>
    literal.replace(/\\.|[a-z0-9]/gs, (unit, index: number) =>
      unit.length > 1 || !isChosen(index) ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  );
}

const units = [...'"\\ \n{}[],:0123456789-+.eEtfnul\0\x1fé\u2028\ud800\udc00', ""];
const tokens = [
  ..."null true false 0 -0 -1 01 1. 1.0 1e3 1E400 -1e-400 255 256 65535 65536 4294967295 4294967296 -129".split(
    " ",
  ),
  ..."9007199254740991 9007199254740992 9007199254740993 123456789012345678 1234567890123456789012".split(
    " ",
  ),
  ..."0.1 0.30000000000000004 1.7976931348623157e308 4.9e-324 3.4e38 3.5e38 0.1000000000000000055511151231257827".split(
    " ",
  ),
  ...['"18446744073709551615"', '"18446744073709551616"', '"-9223372036854775808"', '"9223372036854775808"'],
  ...[
    '"99999999999999999999"',
    '"00"',
    '"-0"',
    '"-1"',
    '""',
    '"\\ud800"',
    '"a\\n"',
    '"é"',
    "[]",
    "{}",
    "[1]",
  ],
];

describe("texts of types that are read in our own form first", () => {
  test("there are such types, and our own texts are read in it", () => {
    expect(subjects().length).toBeGreaterThan(4);
    let [own, all] = [0, 0];
    forEachType(({ parseOwn }, text, value) => {
      all++;
      const found = outcome(() => parseOwn(text));
      if (isDeepStrictEqual(found, { value })) own++;
      else expect(found).toMatchObject({ message: "the attempt has failed" });
    });
    // Not read are floats that are not finite, bigints of more than 64 bits and long strings.
    expect(own / all).toBeGreaterThan(0.5);
  });

  test("give what JSON.parse and the checks of it give, as they are and written otherwise", () => {
    forEachType((subject, text, value) => {
      expect(subject.parse(text)).toEqual(value);
      agree(subject, text);
      const json: unknown = JSON.parse(text);
      for (const other of [
        JSON.stringify(json, undefined, 1),
        ` ${text}`,
        `${text}\n`,
        JSON.stringify(reversed(json)),
        escaped(text, () => true),
        escaped(text, (index) => index % 7 === 3),
        text + text,
        text.replace("}", ',"more":1}'),
        text.replace("{", "{}{"),
      ])
        agree(subject, other);
    });
  });

  test("give the same value or the same error where they are cut or damaged", () => {
    forEachType((subject, text) => {
      const step = Math.max(1, Math.floor(text.length / 60));
      for (let place = 0; place < text.length; place += step) {
        agree(subject, text.slice(0, place));
        const unit = units[(place * 7 + text.length) % units.length]!;
        agree(subject, text.slice(0, place) + unit + text.slice(place + 1));
        agree(subject, text.slice(0, place) + unit + text.slice(place));
      }
    });
  });

  test("give the same where one token stands for another", () => {
    forEachType((subject, text) => {
      const parts = [...text.matchAll(/"(?:[^"\\]|\\.)*"|[^",:[\]{}]+|./gs)].map(([part]) => part);
      for (const [index, token] of tokens.entries()) {
        const place = (index * 5 + text.length) % parts.length;
        agree(subject, parts.with(place, token).join(""));
      }
      for (let place = 0; place < Math.min(parts.length, 80); place++)
        agree(subject, parts.with(place, tokens[(place + text.length) % tokens.length]!).join(""));
    });
  });
});
