// Random modules as TypeScript, as somebody might write it.
import { templateText } from "@hewn/schema";
import type { RandomModule } from "./random-modules.testing.ts";
import type { Constant, Derivation, Named, Shape, ShapeField, ShapeVariant } from "./shape.testing.ts";

const box = "export interface Box<T> {\n  readonly content: T;\n  readonly more?: readonly T[];\n}\n";

class ModuleText {
  readonly #index: number;
  readonly #fileOf: (module: number) => string;
  readonly #numbers = new Set<string>();
  /** By module: the names taken from it. */
  readonly #imports = new Map<number, Set<string>>();
  /** Names that mean something of the module's own. */
  #declared: ReadonlySet<string> = new Set();
  #usesBox = false;

  constructor(index: number, fileOf: (module: number) => string) {
    this.#index = index;
    this.#fileOf = fileOf;
  }

  text({ declarations }: RandomModule): string {
    this.#declared = new Set(declarations.map(({ name }) => name));
    const body = declarations.map((named) => this.#declaration(named));
    const numbers = [...this.#numbers].sort().join(", ");
    const lines = numbers ? [`import type { ${numbers} } from "@hewn/runtime";`] : [];
    for (const [index, names] of [...this.#imports].sort(([a], [b]) => a - b)) {
      const specifiers = [...names].sort().map((name) => `${name} as ${name}From${index}`);
      lines.push(
        `import type { ${specifiers.join(", ")} } from ${JSON.stringify(`./${this.#fileOf(index)}.js`)};`,
      );
    }
    return [...lines, this.#usesBox ? box : "", ...body].join("\n");
  }

  #declaration(named: Named): string {
    const tag = named.tagged ? `/** @wire${named.copied ? " copy" : ""} */\n` : "";
    const { shape, form, name } = named;
    if (form === "enum" && shape.kind === "choice") {
      const members = shape.values.map(
        (value, index) =>
          `  ${JSON.stringify(named.members?.[index] ?? `Member${index}`)} = ${constantText(value)},\n`,
      );
      return `${tag}export enum ${name} {\n${members.join("")}}\n`;
    }
    if (form === "interface" && shape.kind === "struct") {
      return `${tag}export interface ${name} ${this.#fields(shape.fields)}\n`;
    }
    if (form === "interface" && shape.kind === "derived") {
      const { base, own } = shape.from;
      return `${tag}export interface ${name} extends ${this.#reference(base)} ${this.#fields(own)}\n`;
    }
    return `${tag}export type ${name} = ${this.#shape(shape)};\n`;
  }

  #shape(shape: Shape): string {
    switch (shape.kind) {
      case "bytes":
        return this.#library("Uint8Array");
      case "template":
        return `(${templateText(shape.patterns)})`;
      case "typed array":
        return this.#library(shape.name);
      case "date":
        return this.#library("Date");
      case "named number":
        this.#numbers.add(shape.name);
        return shape.name;
      case "choice":
        return `(${shape.values.map(constantText).join(" | ")})`;
      case "array":
        return `${shape.mutable ? "" : "readonly "}(${this.#shape(shape.element)})[]`;
      case "set":
        return `${this.#library(shape.mutable ? "Set" : "ReadonlySet")}<${this.#shape(shape.element)}>`;
      case "record": {
        const record = `${this.#library("Record")}<string, ${this.#shape(shape.element)}>`;
        return shape.mutable ? record : `${this.#library("Readonly")}<${record}>`;
      }
      case "map": {
        const map = this.#library(shape.mutable ? "Map" : "ReadonlyMap");
        return `${map}<${this.#shape(shape.key)}, ${this.#shape(shape.value)}>`;
      }
      case "tuple":
        return `${shape.mutable ? "" : "readonly "}[${this.#elements(shape)}]`;
      case "maybe":
        return `(${[this.#shape(shape.type), ...(shape.null ? ["null"] : []), ...(shape.undefined ? ["undefined"] : [])].join(" | ")})`;
      case "struct":
        return this.#fields(shape.fields);
      case "derived":
        return this.#derived(shape.from);
      case "mixed":
        return `(${shape.arms.map((arm) => this.#shape(arm)).join(" | ")})`;
      case "union":
        return `(${shape.variants.map((variant) => this.#variant(shape.discriminant, variant)).join(" | ")})`;
      case "box":
        this.#usesBox = true;
        return `Box<${this.#shape(shape.element)}>`;
      case "ref":
        return this.#reference(shape.to);
      default:
        return shape.kind;
    }
  }

  #elements({ elements, required, rest, trailing = [] }: Extract<Shape, { kind: "tuple" }>): string {
    const leading = elements.map((element, i) => `(${this.#shape(element)})${i < required ? "" : "?"}`);
    const more = rest ? [`...(${this.#shape(rest)})[]`] : [];
    return [...leading, ...more, ...trailing.map((element) => this.#shape(element))].join(", ");
  }

  #derived({ how, base, own, keys }: Derivation): string {
    const name = this.#reference(base);
    if (how === "extends") throw new Error("only an interface extends");
    if (how === "intersection") return `${name} & ${this.#fields(own)}`;
    const type = this.#library(how);
    return how === "Partial" ? `${type}<${name}>` : `${type}<${name}, ${keys.map(constantText).join(" | ")}>`;
  }

  /** A type of the library, also in a module with a type of that name. */
  #library(name: string): string {
    return this.#declared.has(name) ? `globalThis.${name}` : name;
  }

  #reference({ module, name }: Named): string {
    if (module === this.#index) return name;
    const names = this.#imports.get(module) ?? new Set();
    this.#imports.set(module, names.add(name));
    return `${name}From${module}`;
  }

  #fields(fields: readonly ShapeField[]): string {
    return `{ ${fields.map((field) => this.#field(field)).join(" ")} }`;
  }

  #field({ name, optional, shape, mutable }: ShapeField): string {
    const key = /^[a-zA-Z]\w*$/.test(name) ? name : JSON.stringify(name);
    return `${mutable ? "" : "readonly "}${key}${optional ? "?" : ""}: ${this.#shape(shape)};`;
  }

  #variant(discriminant: string, { tag, position, fields }: ShapeVariant): string {
    const lines = fields.map((field) => this.#field(field));
    lines.splice(position, 0, `readonly ${JSON.stringify(discriminant)}: ${constantText(tag)};`);
    return `{ ${lines.join(" ")} }`;
  }
}

function constantText(value: Constant | null): string {
  return JSON.stringify(value);
}

/**
 * The text of a module.
 * @param fileOf the name of another module's source, without its extension
 */
export function moduleText(
  module: RandomModule,
  fileOf: (module: number) => string = (index) => `module${index}`,
): string {
  return new ModuleText(module.index, fileOf).text(module);
}
