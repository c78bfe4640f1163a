import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Platform, Plugin } from "esbuild";
import ts from "typescript";
import { bundleOf, Workspace } from "./bundler/workspace.testing.ts";
import { hewn } from "./esbuild.ts";

const essay = `import type { f64, i64 } from "@hewn/runtime";

/** @wire */
export interface SensorReading {
  readonly sensorId: string;
  readonly value: f64;
  readonly timestamp: i64;
}
`;

/** A type with every kind of part, so that every function of the runtime could be needed. */
const everything = `import type { f32, f64, i8, i16, i32, i64, int, u8, u16, u32, u64 } from "@hewn/runtime";

export enum Level { Low = "low", High = "high" }

/** @wire */
export interface Everything {
  readonly numbers: readonly [i8, i16, i32, u8, u16, u32, int, f32, f64, number];
  readonly bigints: readonly [i64, u64, bigint];
  readonly packed: readonly f64[];
  readonly floats: readonly f32[];
  readonly flag: boolean | null;
  readonly text?: string | null;
  readonly bytes: Uint8Array;
  readonly at: Date;
  readonly samples: Int16Array;
  readonly width: "auto" | \`\${number}px\`;
  readonly level: Level;
  readonly unit: "C" | "F";
  readonly set: ReadonlySet<string>;
  readonly byName: ReadonlyMap<string, i32>;
  readonly byNumber: ReadonlyMap<i32, string>;
  readonly record: Readonly<Record<string, i32>>;
  readonly either: { readonly kind: "a"; readonly x: i32 } | { readonly kind: "b"; readonly next?: Everything };
}
`;

/** One hundred types in one file, all of the same parts but the first, which has a part of its own. */
function hundredTypes(): string {
  const rest = Array.from({ length: 99 }, (_, index) => {
    return `/** @wire */\nexport interface Stranger${index} { readonly id: u32; readonly tags: ReadonlySet<string>; readonly at${index}: f64 }\n`;
  });
  return `import type { u32 } from "@hewn/runtime";\n${essay}${rest.join("")}`;
}

const workspace = new Workspace({
  "src/essay.ts": essay,
  "src/everything.ts": everything,
  "src/hundred.ts": hundredTypes(),
});

/** An actor and somebody who sends to it. */
const actor = `import type { ActorContext, i32 } from "@hewn/runtime";

/** @wire */
export interface Job { readonly id: i32 }

/** @actor */
export class Server {
  readonly #secret = "only where it runs";
  constructor(_context: ActorContext) {}
  work(job: Job): string { return this.#secret + job.id; }
}
`;

const client = `import type { ActorRef } from "@hewn/runtime";
import { ServerActor } from "./actor.codec.js";
import type { Server } from "./actor.js";
export const ask = (server: ActorRef<Server>) => server.work({ id: 1 }).orThrow();
export const name = ServerActor.name;
`;

describe("actors", () => {
  test("a client that has the definition bundles no line of the class", async () => {
    using own = new Workspace({ "src/actor.ts": actor, "src/main.ts": client });
    const text = bundleOf(await own.build(hewn({ typescript: ts })));
    expect(text).toContain("ServerHandle");
    expect(text).not.toMatch(/only where it runs|class Server\b|class _Server/);
  });

  test("a codec of the same file bundles nothing of the actor", async () => {
    const main =
      'import { encodeJob } from "./actor.codec.js";\nexport const bytes = encodeJob({ id: 1 });\n';
    using own = new Workspace({ "src/actor.ts": actor, "src/main.ts": main });
    const text = bundleOf(await own.build(hewn({ typescript: ts })));
    expect(text).not.toMatch(/ServerHandle|ActorHandle|defineActor/);
  });
});

/** Generates the codecs; the bundles after it take them as they lie on disk. */
beforeAll(async () => {
  const codecs = ["essay", "everything", "hundred"].map(
    (name) => `export * as ${name} from "./${name}.codec.js";\n`,
  );
  workspace.write({ "src/main.ts": codecs.join("") });
  expect((await workspace.build(hewn({ typescript: ts }))).errors).toEqual([]);
});

afterAll(() => workspace[Symbol.dispose]());

const asOnDisk: Plugin = { name: "as on disk", setup: () => undefined };

interface Bundle {
  /** Not minified, so that functions can be found by their names. */
  readonly text: string;
  readonly minified: string;
  /** Bytes in the minified bundle by name of the runtime's module; modules of which nothing is left are not in it. */
  readonly modules: Readonly<Record<string, number>>;
}

/** Bundles a program that uses `names` of a codec and nothing else. */
async function bundle(
  codec: string,
  names: readonly string[],
  platform: Platform = "browser",
): Promise<Bundle> {
  const main = `src/main-${names.join("-") || "nothing"}-${platform}.ts`;
  const list = names.join(", ");
  const specifier = `"./${codec}.codec.js"`;
  // Nothing in braces would be taken for an import of types, and dropped before the bundler sees it.
  const use = `import { ${list} } from ${specifier};\n(globalThis as unknown as { used: unknown }).used = [${list}];\n`;
  workspace.write({ [main]: list ? use : `import ${specifier};\n` });
  const options = { entryPoints: [main], metafile: true, platform };
  const readable = await workspace.build(asOnDisk, options);
  const minified = await workspace.build(asOnDisk, { ...options, minify: true });
  expect([...readable.errors, ...minified.errors]).toEqual([]);
  const [output] = Object.values(minified.metafile?.outputs ?? {});
  const inputs = Object.entries(output?.inputs ?? {}).filter(([file, { bytesInOutput }]) => {
    return bytesInOutput > 0 && file.includes("runtime/src/");
  });
  const modules = Object.fromEntries(
    inputs.map(([file, { bytesInOutput }]) => [basename(file, ".ts"), bytesInOutput]),
  );
  return { text: bundleOf(readable), minified: bundleOf(minified), modules };
}

const isJsonModule = (name: string): boolean => /^json|^base64$/.test(name);
const isBinaryModule = (name: string): boolean =>
  /^(?:reader|writer|read-.*|write-.*|skip|scratch|big-endian|tag-name)$/.test(name);
/** Text as bytes: base64 needs it in JSON too, other JSON does not. */
const isTextModule = (name: string): boolean => /^(?:text\..*|short-.*|utf8-check)$/.test(name);
const isCheckModule = (name: string): boolean => name === "checks";

/** Names of functions that the readable bundle declares. */
function declared(text: string, pattern: RegExp): string[] {
  const names = [...text.matchAll(/^ *(?:async )?function (\w+)/gm)].map((match) => match[1] ?? "");
  return names.filter((name) => pattern.test(name));
}

const jsonFunction = /^(?:json|fromJson|parseJson|stringifyJson|parse[A-Z]|stringify[A-Z])/;
const copyFunction = /^(?:clone|copy)[A-Z]/;
const binaryFunction =
  /^(?:put[A-Z]|(?:read|write)(?!Utf8)[A-Z]|beginEncode|endEncode|beginDecode|endDecode|skip|room$)/;

describe.each<Platform>(["browser", "node"])("a bundle for %s", (platform) => {
  test("of the binary codec alone contains no JSON code and no checks", async () => {
    const { text, modules } = await bundle("everything", ["encodeEverything", "decodeEverything"], platform);
    expect(Object.keys(modules).filter((name) => isJsonModule(name) || isCheckModule(name))).toEqual([]);
    expect(declared(text, jsonFunction)).toEqual([]);
    expect(text).not.toContain("JSON.parse");
    expect(declared(text, binaryFunction)).toContain("putI64");
  });

  test("of JSON alone contains no binary code", async () => {
    const { text, modules } = await bundle(
      "everything",
      ["stringifyEverything", "parseEverything"],
      platform,
    );
    expect(Object.keys(modules).filter(isBinaryModule)).toEqual([]);
    expect(declared(text, binaryFunction)).toEqual([]);
    expect(text).toContain("JSON.parse");
    const plain = await bundle("hundred", ["stringifyStranger1", "parseStranger1"], platform);
    expect(Object.keys(plain.modules).filter((name) => isBinaryModule(name) || isTextModule(name))).toEqual(
      [],
    );
  });

  test("of JSON holds the way around JSON.parse only where a type takes it", async () => {
    const names = (modules: Readonly<Record<string, number>>) =>
      Object.keys(modules).filter((name) => name.startsWith("json-attempt"));
    const sets = await bundle("hundred", ["stringifyStranger1", "parseStranger1"], platform);
    expect(names(sets.modules)).toEqual([]);
    const reading = await bundle("essay", ["stringifySensorReading", "parseSensorReading"], platform);
    expect(names(reading.modules)).not.toEqual([]);
    const written = await bundle("essay", ["stringifySensorReading"], platform);
    expect(names(written.modules)).toEqual([]);
  });

  test("of the check alone contains neither", async () => {
    const { text, modules } = await bundle("everything", ["isEverything"], platform);
    expect(Object.keys(modules).filter((name) => isJsonModule(name) || isBinaryModule(name))).toEqual([]);
    expect(declared(text, jsonFunction)).toEqual([]);
    expect(declared(text, binaryFunction)).toEqual([]);
  });

  test("of the clone alone contains neither", async () => {
    const { text, modules } = await bundle("everything", ["cloneEverything"], platform);
    const isOther = (name: string) => isJsonModule(name) || isBinaryModule(name) || isTextModule(name);
    expect(Object.keys(modules).filter((name) => isOther(name) || isCheckModule(name))).toEqual([]);
    expect([...declared(text, jsonFunction), ...declared(text, binaryFunction)]).toEqual([]);
    expect(declared(text, copyFunction)).toEqual(
      expect.arrayContaining(["cloneValue", "copyBytes", "copyEverything"]),
    );
  });

  test("of anything but the clone and the codec object contains no clone", async () => {
    const names = ["encodeEverything", "decodeEverything", "parseEverything", "isEverything"];
    const { text, modules } = await bundle("everything", names, platform);
    expect(declared(text, copyFunction)).toEqual([]);
    expect(Object.keys(modules)).not.toContain("clone");
    const immutable = await bundle("essay", ["SensorReadingCodec"], platform);
    expect(Object.keys(immutable.modules)).not.toContain("clone");
  });

  test("of the codec object that nodes use contains what the binary codec contains, and no JSON", async () => {
    const { text, modules } = await bundle("everything", ["EverythingCodec"], platform);
    expect(Object.keys(modules).filter((name) => isJsonModule(name) || isCheckModule(name))).toEqual([]);
    expect(declared(text, jsonFunction)).toEqual([]);
  });

  test("of encoding alone reads nothing, of decoding alone writes nothing", async () => {
    const encoding = await bundle("everything", ["encodeEverything"], platform);
    expect(declared(encoding.text, /^(?:read|beginDecode|endDecode|skip)/)).toEqual([]);
    const decoding = await bundle("everything", ["decodeEverything"], platform);
    expect(declared(decoding.text, /^(?:put|write|beginEncode|endEncode)/)).toEqual([]);
  });

  test("counts colliding hashes where there are sets or maps of numbers, and nowhere else", async () => {
    const strings = await bundle("hundred", ["decodeStranger1", "parseStranger1"], platform);
    expect(Object.keys(strings.modules)).toContain("collections");
    expect(Object.keys(strings.modules)).not.toContain("hash-flooding");
    const numbers = await bundle("everything", ["decodeEverything"], platform);
    expect(Object.keys(numbers.modules)).toContain("hash-flooding");
  });

  test("of one type of a hundred costs what the one costs", async () => {
    const names = [
      "encodeSensorReading",
      "decodeSensorReading",
      "stringifySensorReading",
      "parseSensorReading",
    ];
    const alone = await bundle("essay", names, platform);
    const ofHundred = await bundle("hundred", names, platform);
    expect(Math.abs(ofHundred.minified.length - alone.minified.length)).toBeLessThanOrEqual(8);
    expect(ofHundred.text).not.toContain("Stranger");
  });

  test("that imports and uses nothing is empty", async () => {
    for (const codec of ["everything", "hundred", "essay"]) {
      expect((await bundle(codec, [], platform)).minified.trim()).toBe("");
    }
  });
});

describe("the size of a codec", () => {
  /** Bytes, minified and compressed. Growth beyond it should be a decision. */
  const budget = { encodeAndDecode: 3650, json: 4210, check: 440 };
  const sizes: Record<string, string> = {};

  async function compressed(what: string, names: readonly string[]): Promise<number> {
    const { minified } = await bundle("essay", names);
    const size = gzipSync(minified, { level: 9 }).length;
    sizes[what] = `${minified.length} B minified, ${size} B compressed`;
    return size;
  }

  afterAll(() => {
    process.stderr.write(`bundle of SensorReading: ${JSON.stringify(sizes, undefined, 2)}\n`);
  });

  test("is within its budget", async () => {
    const encodeAndDecode = await compressed("encode and decode", [
      "encodeSensorReading",
      "decodeSensorReading",
    ]);
    const json = await compressed("stringify and parse", ["stringifySensorReading", "parseSensorReading"]);
    const check = await compressed("is", ["isSensorReading"]);
    expect(encodeAndDecode).toBeLessThanOrEqual(budget.encodeAndDecode);
    expect(json).toBeLessThanOrEqual(budget.json);
    expect(check).toBeLessThanOrEqual(budget.check);
  });
});
