// The golden cases of fixtures/wire: what each codec file must say, and what each value must become.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { generate } from "@hewn/plugin";
import { type LockFile, parseLock, type Schema } from "@hewn/schema";
import { decode as decodeMessagePack } from "@msgpack/msgpack";
import { build } from "esbuild";
import ts from "typescript";

export const wireDirectory = join(import.meta.dirname, "../../fixtures/wire");

export interface Golden {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
}

export interface WireGolden extends Golden {
  readonly schema: Schema;
}

/** The codecs of every case, generated afresh from one program. Throws when a fixture has a diagnostic. */
export function generateGoldens(): readonly WireGolden[] {
  const configFile = join(wireDirectory, "tsconfig.json");
  const parsed = ts.getParsedCommandLineOfConfigFile(
    configFile,
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
        throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
      },
    },
  );
  if (!parsed) throw new Error(`cannot read ${configFile}`);
  const program = ts.createProgram(parsed.fileNames, parsed.options);
  return program.getSourceFiles().flatMap((file) => {
    if (file.isDeclarationFile || !file.fileName.startsWith(wireDirectory)) return [];
    const lock = lockOf(dirname(file.fileName));
    const generated = generate(ts, program, file, { lock });
    if (!generated) return [];
    const first = generated.diagnostics[0];
    if (first) throw new Error(`${relative(wireDirectory, file.fileName)}: ${first.code} ${first.message}`);
    return [{ file: generated.codec, text: generated.text, schema: generated.schema }];
  });
}

/** A case that is about a wire.lock has one beside its input. */
export function lockOf(directory: string, name = directory): LockFile | undefined {
  const path = join(directory, "wire.lock");
  if (!existsSync(path)) return undefined;
  return { path: `${name}/wire.lock`, lock: parseLock(readFileSync(path, "utf8")) };
}

export interface Vector {
  readonly type: string;
  /** The value, as readable text. */
  readonly value: string;
  /** Absent of a type that is tagged for JSON alone. */
  readonly hex?: string;
  /** Absent of a type that is tagged for MessagePack alone. */
  readonly json?: string;
  /** What the independent MessagePack reader makes of the bytes, as readable text. */
  readonly messagePack?: string;
}

export function wireCases(): readonly string[] {
  const entries = readdirSync(wireDirectory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

interface LoadedCase {
  readonly codec: Readonly<Record<string, unknown>>;
  readonly values: Readonly<Record<string, readonly unknown[]>>;
}

/** Bundled first: Node strips types, and the enums of the fixtures are more than types. */
async function loadCase(name: string): Promise<LoadedCase> {
  const outfile = join(wireDirectory, `../../node_modules/.cache/hewn/bless/${name}.mjs`);
  const contents = 'export * as codec from "./input.codec.ts"; export { values } from "./values.ts";';
  const stdin = { contents, resolveDir: join(wireDirectory, name) };
  await build({
    stdin,
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    logLevel: "error",
  });
  return (await import(`${outfile}?at=${performance.now()}`)) as LoadedCase;
}

type Encode = (value: unknown) => Uint8Array;
type Stringify = (value: unknown) => string;

/** What the case's codec makes of the case's values. */
export async function encodeVectors(name: string): Promise<readonly Vector[]> {
  const { codec, values } = await loadCase(name);
  return Object.entries(values).flatMap(([type, list]) => {
    const encode = codec[`encode${type}`] as Encode | undefined;
    const stringify = codec[`stringify${type}`] as Stringify | undefined;
    return list.map((value) => {
      const bytes = encode?.(value);
      return {
        type,
        value: readable(value),
        ...(bytes && { hex: Buffer.from(bytes).toString("hex") }),
        ...(stringify && { json: stringify(value) }),
        ...(bytes && { messagePack: readMessagePack(bytes) }),
      };
    });
  });
}

const messagePackOptions = {
  useBigInt64: true,
  mapKeyConverter: (key: unknown) =>
    typeof key === "string" || typeof key === "number" ? key : readable(key),
};

/** What an independent reader makes of MessagePack bytes, as readable text. */
export function readMessagePack(bytes: Uint8Array): string {
  return readable(decodeMessagePack(bytes, messagePackOptions));
}

/** A one-line text that tells apart what JSON does not: -0, NaN, bigint, undefined, Map, Set, bytes. */
export function readable(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (Object.is(value, -0)) return "-0";
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Date) return `Date(${value.toISOString()})`;
  if (value instanceof Uint8Array) return `bytes(${Buffer.from(value).toString("hex")})`;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return `${value.constructor.name}${readable(Array.from(value as unknown as Iterable<unknown>))}`;
  }
  if (Array.isArray(value)) return `[${Array.from(value, readable).join(", ")}]`;
  if (value instanceof Set) return `Set${readable([...value])}`;
  if (value instanceof Map) return `Map${readable([...value])}`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}: ${readable(item)}`)
    .join(", ")}}`;
}
