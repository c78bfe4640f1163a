// Types that a package declares and ships a codec for: the codec is imported where the file can name it and where its
// JavaScript really has the format that the declarations tell. All others are spelled out.
import {
  type Declaration,
  fingerprintOf,
  type Lock,
  mapType,
  type Origin,
  parseLock,
  type Schema,
  type Type,
  type WireFormat,
} from "@hewn/schema";
import type ts from "typescript";
import { codecPath } from "../../codec-path.ts";
import { fileNameOf } from "../compiler.ts";
import { declares, fingerprintIn, functionsFor } from "./codec-beside.ts";
import { compiledName } from "./exports-map.ts";
import { importName } from "./import-name.ts";
import { type InstalledPackage, packageOf } from "./installed-package.ts";
import { ModuleReader } from "./module-reader.ts";
import { neededFormats } from "./needed-formats.ts";
import { numberedBy } from "./package-numbers.ts";

const runtime = "@hewn/runtime/codec";

export interface ShippedCodec {
  /** By what the importing file names it. */
  readonly module: string;
  /** Of the format that it has. */
  readonly fingerprint: string;
}

export interface Shipping {
  /** The schema, with names by which its foreign types can be imported, and with the numbers of the codecs found. */
  readonly schema: Schema;
  /** By the id of the type. */
  readonly codecs: ReadonlyMap<string, ShippedCodec>;
  /** The files that were looked at or looked for, absolute. */
  readonly files: readonly string[];
}

/** Looks for the codecs that packages ship of the types of a schema. */
export function findShipped(
  compiler: typeof ts,
  program: ts.Program,
  file: ts.SourceFile,
  schema: Schema,
  host: ts.ModuleResolutionHost,
): Shipping {
  const search = new Search(compiler, program, fileNameOf(file), host);
  const named = withModules(schema, (origin) => search.moduleOf(origin));
  const formats = neededFormats(schema);
  const codecs = new Map<string, ShippedCodec>();
  let numbered = named;
  for (const declaration of named.declarations.values()) {
    const found = isForeign(declaration)
      ? search.codecOf(numbered, declaration, formats(declaration.id))
      : undefined;
    if (!found) continue;
    codecs.set(declaration.id, found.codec);
    numbered = found.schema;
  }
  return { schema: numbered, codecs, files: [...search.files].sort() };
}

/** Marks the types whose codecs are imported: those that still have the format of the codec that was found. */
export function importShipped(schema: Schema, codecs: ReadonlyMap<string, ShippedCodec>): Schema {
  if (codecs.size === 0) return schema;
  const declarations = [...schema.declarations].map(([id, declaration]): readonly [string, Declaration] => {
    const shipped = codecs.get(id);
    const fits = shipped && fingerprintOf(schema, id) === shipped.fingerprint;
    return [id, fits ? { ...declaration, codec: shipped.module } : declaration];
  });
  return { ...schema, declarations: new Map(declarations) };
}

/** Spelled out, with a name of its own: no instance of a generic type and no part of another. */
function isForeign({ id, scope, origin }: Declaration): boolean {
  return scope === "local" && id === `${origin.file}#${origin.name}`;
}

function withModules(schema: Schema, moduleOf: (origin: Origin) => string | undefined): Schema {
  const moduleBehind = (from: Origin): string | undefined => from.module ?? moduleOf(from);
  const origin = (from: Origin): Origin => {
    const module = moduleBehind(from);
    return module === undefined ? from : { ...from, module };
  };
  const declarations = [...schema.declarations].map(([id, each]) => {
    // What is kept as it is need not be looked at again for other files.
    const isOwn = moduleBehind(each.origin) === undefined;
    if (isOwn && originsIn(each.type).every((from) => moduleBehind(from) === undefined))
      return [id, each] as const;
    return [id, { ...each, origin: origin(each.origin), type: mapType(each.type, { origin }) }] as const;
  });
  return { ...schema, declarations: new Map(declarations) };
}

const origins = new WeakMap<Type, readonly Origin[]>();

/** Where the enums of a type are declared. */
function originsIn(type: Type): readonly Origin[] {
  const known = origins.get(type);
  if (known) return known;
  const found: Origin[] = [];
  const origin = (from: Origin): Origin => {
    found.push(from);
    return from;
  };
  mapType(type, { origin });
  origins.set(type, found);
  return found;
}

class Search {
  readonly files = new Set<string>();
  readonly #ts: typeof ts;
  readonly #host: ts.ModuleResolutionHost;
  readonly #reader: ModuleReader;
  /** The codec that will import. */
  readonly #importer: string;
  readonly #own: InstalledPackage | undefined;
  readonly #packages = new Map<string, InstalledPackage | undefined>();
  readonly #modules = new Map<string, string | undefined>();
  readonly #locks = new Map<string, Lock | undefined>();

  constructor(compiler: typeof ts, program: ts.Program, source: string, host: ts.ModuleResolutionHost) {
    this.#ts = compiler;
    this.#host = host;
    this.#reader = new ModuleReader(compiler, program, host);
    this.#importer = source;
    this.#own = packageOf(host, source);
  }

  /** By what a type of a package can be imported. */
  moduleOf({ file, name }: Origin): string | undefined {
    const owner = this.#packageOf(file);
    if (!owner) return undefined;
    const key = `${file}#${name}`;
    if (!this.#modules.has(key)) {
      const found = importName(this.#reader, owner, file, [name], this.#importer);
      this.#modules.set(key, found?.specifier);
    }
    return this.#modules.get(key);
  }

  codecOf(
    schema: Schema,
    { id, origin }: Declaration,
    formats: WireFormat,
  ): { readonly codec: ShippedCodec; readonly schema: Schema } | undefined {
    const owner = this.#packageOf(origin.file);
    const file = codecPath(origin.file);
    if (!owner) return undefined;
    this.files.add(file);
    if (!this.#host.fileExists(file)) return undefined;
    this.files.add(`${owner.directory}/package.json`);
    const functions = functionsFor(schema, id, origin.name, formats);
    if (!declares(this.#ts, this.#reader, file, functions) || !this.#sharesRuntime(file)) return undefined;
    const found = importName(this.#reader, owner, file, [...functions.keys()], this.#importer);
    const beside = compiledName(file);
    const isBundled = !this.#host.fileExists(beside);
    const print =
      found && this.#fingerprintOf(found.isDirect || isBundled ? found.scripts : [beside], origin.name);
    const fitting = print === undefined ? undefined : this.#numbered(owner, schema, id, print);
    if (!found || print === undefined || !fitting) return undefined;
    return { codec: { module: found.specifier, fingerprint: print }, schema: fitting };
  }

  /** Undefined for the files of the importer's own package, which are reached by paths. */
  #packageOf(file: string): InstalledPackage | undefined {
    const directory = file.slice(0, file.lastIndexOf("/"));
    if (!this.#packages.has(directory)) {
      const found = packageOf(this.#host, file);
      const isOwn = found && this.#own && this.#reader.isSame(found.directory, this.#own.directory);
      this.#packages.set(directory, isOwn ? undefined : found);
    }
    return this.#packages.get(directory);
  }

  /** Readers and writers of two installations of the runtime know nothing of each other. */
  #sharesRuntime(codec: string): boolean {
    const theirs = this.#reader.resolve(runtime, codec);
    const ours = this.#reader.resolve(runtime, this.#importer);
    return theirs !== undefined && ours !== undefined && this.#reader.isSame(theirs, ours);
  }

  /** The one fingerprint on which all scripts agree that may be loaded; those that are not there cannot be. */
  #fingerprintOf(scripts: readonly string[], name: string): string | undefined {
    const prints = new Set<string | undefined>();
    for (const script of scripts) {
      this.files.add(script);
      const text = this.#host.fileExists(script) ? this.#host.readFile(script) : undefined;
      if (text !== undefined) prints.add(fingerprintIn(text, name));
    }
    const [print] = prints;
    return prints.size === 1 ? print : undefined;
  }

  /** The schema in which the type has that fingerprint: as it is, or under the numbers of the package's own lock. */
  #numbered(owner: InstalledPackage, schema: Schema, id: string, print: string): Schema | undefined {
    const fits = (each: Schema): boolean => fingerprintOf(each, id) === print;
    if (fits(schema)) return schema;
    const lock = this.#lockOf(owner);
    return lock && numberedBy(lock, owner.directory, schema, id).find(fits);
  }

  #lockOf({ directory }: InstalledPackage): Lock | undefined {
    if (!this.#locks.has(directory)) {
      const path = `${directory}/wire.lock`;
      this.files.add(path);
      const text = this.#host.fileExists(path) ? this.#host.readFile(path) : undefined;
      this.#locks.set(directory, text === undefined ? undefined : readable(text));
    }
    return this.#locks.get(directory);
  }
}

/** A lock that cannot be read is as good as none: the codec's fingerprint will not fit. */
function readable(text: string): Lock | undefined {
  try {
    return parseLock(text);
  } catch {
    return undefined;
  }
}
