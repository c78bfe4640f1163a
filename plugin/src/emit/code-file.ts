// One TypeScript file being written: collects lines with indentation, and works out its own imports, so that the
// emitters that use it print no import line and cannot forget one.
import type { Origin } from "@hewn/schema";
import { Names } from "./names.ts";
import {
  actorsModule,
  type HandleFunction,
  type RuntimeType,
  type RuntimeValue,
  runtimeModule,
} from "./symbols.ts";

interface Import {
  readonly name: string;
  readonly local: string;
  readonly typeOnly: boolean;
}

export class CodeFile {
  readonly #lines: string[] = [];
  #indentation = "";
  /** By module, then by name. */
  readonly #imports = new Map<string, Map<string, Import>>();
  readonly #names: Names;
  readonly #specifierOf: (file: string) => string;
  readonly #specifiers = new Map<string, string>();

  /** @param exported names that the file will export and that nothing else may take */
  constructor(exported: Iterable<string>, specifierOf: (file: string) => string) {
    this.#names = new Names(exported);
    this.#specifierOf = specifierOf;
  }

  /** A runtime function's local name. */
  use(name: RuntimeValue | HandleFunction): string {
    return this.#import(name.endsWith("ActorRef") ? actorsModule : runtimeModule, name, false);
  }

  useType(name: RuntimeType): string {
    return this.#import(runtimeModule, name, true);
  }

  /** The local name of a type that a source file exports. */
  typeOf(origin: Origin): string {
    return this.#import(origin.module ?? this.#specifier(origin.file), origin.name, true);
  }

  /** The local name of a function that another codec file exports. */
  functionOf(codecFile: string, name: string): string {
    return this.#import(this.#specifier(codecFile), name, false);
  }

  /** The local name of a function that a module of a package exports. */
  functionFrom(module: string, name: string): string {
    return this.#import(module, name, false);
  }

  /** A name of this file's own, near `wanted`. */
  name(wanted: string): string {
    return this.#names.take(wanted);
  }

  isTaken(name: string): boolean {
    return this.#names.has(name);
  }

  line(text: string): void {
    this.#lines.push(this.#indentation + text);
  }

  /** `header {`, the indented body, `}`. */
  block(header: string, body: () => void, footer = "}"): void {
    this.line(`${header} {`);
    this.indented(body);
    this.line(footer);
  }

  indented(body: () => void): void {
    const outer = this.#indentation;
    this.#indentation = `${outer}  `;
    body();
    this.#indentation = outer;
  }

  doc(text: string): void {
    this.line(`/** ${text.replaceAll("*/", "*\\/")} */`);
  }

  blank(): void {
    if (this.#lines.length > 0 && this.#lines.at(-1) !== "") this.#lines.push("");
  }

  toString(header: readonly string[]): string {
    return `${[...header, ...this.#importLines()].join("\n")}\n\n${this.#lines.join("\n").trim()}\n`;
  }

  #specifier(file: string): string {
    const known = this.#specifiers.get(file) ?? this.#specifierOf(file);
    this.#specifiers.set(file, known);
    return known;
  }

  #import(from: string, name: string, typeOnly: boolean): string {
    const names = this.#imports.get(from) ?? new Map<string, Import>();
    this.#imports.set(from, names);
    const known = names.get(name);
    if (known) return known.local;
    const local = this.#names.take(name);
    names.set(name, { name, local, typeOnly });
    return local;
  }

  #importLines(): string[] {
    return [...this.#imports]
      .sort(([a], [b]) => compareModules(a, b))
      .map(([from, entries]) => importLine(from, [...entries.values()]));
  }
}

/** Packages before relative files, each in code-unit order. */
function compareModules(a: string, b: string): number {
  const relative = Number(a.startsWith(".")) - Number(b.startsWith("."));
  return relative !== 0 ? relative : a < b ? -1 : 1;
}

function importLine(from: string, entries: readonly Import[]): string {
  const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
  const allTypes = sorted.every((entry) => entry.typeOnly);
  const names = sorted.map((entry) => {
    const renamed = entry.local === entry.name ? entry.name : `${entry.name} as ${entry.local}`;
    return entry.typeOnly && !allTypes ? `type ${renamed}` : renamed;
  });
  const head = allTypes ? "import type" : "import";
  const oneLine = `${head} { ${names.join(", ")} } from ${JSON.stringify(from)};`;
  if (oneLine.length <= 120) return oneLine;
  return `${head} {\n${names.map((name) => `  ${name},\n`).join("")}} from ${JSON.stringify(from)};`;
}
