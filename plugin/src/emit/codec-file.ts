// The codec file under construction: which function serves which type, and which of them are still to be written.
// The emitters of the formats ask here for the name of a function, and whoever asked first has it written.
import {
  type ActorHandle,
  type Choice,
  type Declaration,
  immutabilityOf,
  type Kinds,
  kindsOf,
  type Member,
  Recursion,
  type Schema,
  type Template,
  type Type,
} from "@hewn/schema";
import { actorName } from "../codec-names.ts";
import { useActorType } from "./actor/runtime.ts";
import type { CodeFile } from "./code-file.ts";
import { asIdentity, isF32 } from "./leaf.ts";
import { literalText, quote, quoteJson } from "./literal.ts";
import { type FunctionKind, pascal } from "./names.ts";
import { asReadonly } from "./readonly-type.ts";
import { hasTwoSpellings } from "./two-spellings.ts";
import { elementText, memberText, type Position, structText, type TypeNames, typeText } from "./type-text.ts";

/** A type with functions of its own: a named one, or a part that is made of others. */
export interface Shape {
  /** Ends the names of its functions: `writeOrder`, `writeStringArray`. */
  readonly name: string;
  readonly type: Type;
  /** What TypeScript calls it as a parameter and as a result. */
  readonly text: Readonly<Record<Position, string>>;
  readonly exported: boolean;
  /** A value can contain another of the same named type: its functions count depth down. */
  readonly recursive: boolean;
  /** It hands a depth on. True where `recursive` is. */
  readonly deep: boolean;
}

export type DefineFunction = (file: CodecFile, shape: Shape, name: string) => void;

export class CodecFile {
  readonly code: CodeFile;
  readonly schema: Schema;
  readonly names: TypeNames;
  readonly #recursion: Recursion;
  /** Of copies, which do not look into what is shared. */
  readonly #copyRecursion: Recursion;
  readonly #isImmutable: (type: Type) => boolean;
  readonly #codecFileOf: (source: string) => string;
  readonly #shapes = new Map<string, Shape>();
  readonly #shapeNames: Set<string>;
  readonly #functions = new Map<Shape, Map<FunctionKind, string>>();
  readonly #locals = new Map<string, string>();
  readonly #pending: (() => void)[] = [];
  readonly #define: Readonly<Record<FunctionKind, DefineFunction>>;

  constructor(
    schema: Schema,
    code: CodeFile,
    codecFileOf: (source: string) => string,
    define: Readonly<Record<FunctionKind, DefineFunction>>,
  ) {
    this.schema = schema;
    this.code = code;
    this.#codecFileOf = codecFileOf;
    this.#define = define;
    this.#shapeNames = new Set(schema.roots.map((id) => this.declaration(id).name));
    this.#recursion = new Recursion(schema);
    this.#isImmutable = immutabilityOf(schema);
    this.#copyRecursion = new Recursion(schema, (id) => this.#isImmutable({ kind: "ref", id }));
    this.names = {
      typeOf: (origin) => code.typeOf(origin),
      handleOf: ({ actor }) => `${useActorType(code, "ActorRef")}<${actor ? code.typeOf(actor) : "object"}>`,
      ownBytes: () => code.useType("OwnBytes"),
      ownArray: () => code.useType("OwnArray"),
      declared: (id, position) => this.#declaredName(id, position),
    };
  }

  declaration(id: string): Declaration {
    const declaration = this.schema.declarations.get(id);
    if (!declaration) throw new Error(`schema of ${this.schema.file} has no declaration ${id}`);
    return declaration;
  }

  /** The shape of a type that this file exports a codec for. */
  root(id: string): Shape {
    const declaration = this.declaration(id);
    return this.#shape(id, declaration.name, { kind: "ref", id }, declaration.type, true);
  }

  /**
   * Sees through references that need no function of their own: untagged names of choices and of leaves.
   */
  resolve(type: Type): Type {
    if (type.kind !== "ref") return type;
    const declaration = this.declaration(type.id);
    if (declaration.scope === "wire" || declaration.codec !== undefined) return type;
    const inner = declaration.type;
    return composite(inner) ? type : this.resolve(inner);
  }

  /** What is compared when values of the type are elements of a set or keys of a map. */
  identity(type: Type): Type {
    const resolved = this.resolve(type);
    const named = resolved.kind === "ref" ? this.declaration(resolved.id).type : resolved;
    if (named.kind === "maybe") {
      const inner = this.identity(named.type);
      return inner === named.type ? type : { ...named, type: inner };
    }
    const isKept = named.kind === "mixed" ? !named.arms.some((arm) => isF32(arm.type)) : composite(named);
    return isKept ? type : asIdentity(named);
  }

  /** The kinds of a type's values, by which the arms of a mixed union are told apart. */
  kindsOf(type: Type): Kinds {
    const kinds = kindsOf(type, (id) => this.declaration(id).type);
    if (!kinds) throw new Error(`schema of ${this.schema.file} has an arm without a type`);
    return kinds;
  }

  /** A call of the function of this kind for a composite type. @param hint names types that have no name. */
  call(kind: FunctionKind, type: Type, hint: string, args: readonly string[]): string {
    const deep = kind === "copy" ? this.copyNeedsDepth(type) : this.needsDepth(type);
    return `${this.functionFor(kind, type, hint)}(${[...args, ...(deep ? ["depth"] : [])].join(", ")})`;
  }

  functionFor(kind: FunctionKind, type: Type, hint: string): string {
    if (type.kind !== "ref") return this.#ownFunction(kind, this.#partShape(asSpelled(kind, type), hint));
    const declaration = this.declaration(type.id);
    if (declaration.codec !== undefined)
      return this.code.functionFrom(declaration.codec, kind + declaration.origin.name);
    if (declaration.scope === "wire" && declaration.origin.file !== this.schema.file) {
      return this.code.functionOf(this.#codecFileOf(declaration.origin.file), kind + declaration.name);
    }
    return this.#ownFunction(kind, this.#declaredShape(declaration));
  }

  needsDepth(type: Type): boolean {
    return this.#recursion.needsDepth(type);
  }

  /** {@link needsDepth}, for a copy. */
  copyNeedsDepth(type: Type): boolean {
    return this.#copyRecursion.needsDepth(type);
  }

  /** A value of the type can be shared: nobody can change anything in it. */
  isImmutable(type: Type): boolean {
    return this.#isImmutable(type);
  }

  /** As a parameter the type is spelled differently than as a result, because it takes more. */
  takesMore(type: Type): boolean {
    return hasTwoSpellings(type, (id) => this.declaration(id));
  }

  /** The name of the constant that lists a choice's values, indexed by ordinal. */
  valuesOf(choice: Choice, hint: string): string {
    const key = `values ${JSON.stringify(choice)}`;
    const known = this.#locals.get(key);
    if (known) return known;
    const name = this.code.name(`${choice.enum ? choice.enum.name : hint}Values`);
    this.#locals.set(key, name);
    this.later(() => this.#defineValues(choice, name));
    return name;
  }

  /** The name of the table of JSON texts of a choice's values. @param values what {@link valuesOf} gave */
  textsOfValues(choice: Choice, values: string, make: "jsonPieces" | "jsonTexts"): string {
    const key = `${make} ${values}`;
    const known = this.#locals.get(key);
    if (known) return known;
    const name = this.code.name(`${values}${make.slice("json".length)}`);
    this.#locals.set(key, name);
    this.later(() => {
      const texts = byOrdinal(choice).map((member) => quoteJson(JSON.stringify(member?.value ?? null)));
      this.code.line(`const ${name} = /* @__PURE__ */ ${this.code.use(make)}([${texts.join(", ")}]);`);
    });
    return name;
  }

  /** The name of the constant that holds a template's patterns. */
  patternsOf(template: Template, hint: string): string {
    const key = `patterns ${JSON.stringify(template.patterns)}`;
    const known = this.#locals.get(key);
    if (known) return known;
    const name = this.code.name(`${hint}Patterns`);
    this.#locals.set(key, name);
    this.later(() => {
      const type = `${this.code.useType("Template")}<${typeText(template, this.names, "result")}>`;
      const patterns = template.patterns.map((pattern) => `[${pattern.map(quote).join(", ")}]`);
      this.code.line(`const ${name}: ${type} = [${patterns.join(", ")}];`);
    });
    return name;
  }

  /** The local name of the definition of the actor that a handle leads to. */
  definitionOf({ actor }: ActorHandle): string {
    if (!actor) throw new Error(`schema of ${this.schema.file} has a handle of an unknown actor`);
    const name = actorName(actor.name);
    return actor.file === this.schema.file ? name : this.code.functionOf(this.#codecFileOf(actor.file), name);
  }

  /** Has something more written when the function at hand is done. */
  later(define: () => void): void {
    this.#pending.push(() => {
      this.code.blank();
      define();
    });
  }

  /** Writes every function that was asked for, and what those ask for in turn. */
  flush(): void {
    for (const next of this.#pending) next();
    this.#pending.length = 0;
  }

  #ownFunction(kind: FunctionKind, shape: Shape): string {
    const functions = this.#functions.get(shape) ?? new Map<FunctionKind, string>();
    this.#functions.set(shape, functions);
    const known = functions.get(kind);
    if (known) return known;
    const wanted = kind + shape.name;
    const isExported = shape.exported && kind !== "putJson";
    const name = isExported ? wanted : this.code.name(wanted);
    functions.set(kind, name);
    this.later(() => this.#define[kind](this, shape, name));
    return name;
  }

  #declaredShape(declaration: Declaration): Shape {
    const reference: Type = { kind: "ref", id: declaration.id };
    const exported = this.schema.roots.includes(declaration.id);
    return this.#shape(declaration.id, declaration.name, reference, declaration.type, exported);
  }

  #partShape(type: Type, hint: string): Shape {
    const key = JSON.stringify(type);
    const known = this.#shapes.get(key);
    if (known) return known;
    const twin = asReadonly(type);
    if (twin === type) return this.#shape(key, this.#partName(type, hint), type, type, false);
    // Only the mutable one makes values and only the readonly one is read from: they can go by one name.
    const shape = { ...this.#partShape(twin, hint), type, text: this.#textOf(type) };
    this.#shapes.set(key, shape);
    return shape;
  }

  #shape(key: string, wanted: string, spelled: Type, type: Type, exported: boolean): Shape {
    const known = this.#shapes.get(key);
    if (known) return known;
    const recursive = spelled.kind === "ref" && this.#recursion.isRecursive(spelled.id);
    const shape: Shape = {
      name: exported ? wanted : this.#uniqueShapeName(wanted),
      type,
      text: this.#textOf(spelled),
      exported,
      recursive,
      deep: recursive || this.#recursion.needsDepth(spelled),
    };
    this.#shapes.set(key, shape);
    return shape;
  }

  #textOf(type: Type): Shape["text"] {
    return {
      parameter: typeText(type, this.names, "parameter"),
      result: typeText(type, this.names, "result"),
    };
  }

  #uniqueShapeName(wanted: string): string {
    let name = wanted;
    while (this.#shapeNames.has(name)) name += "_";
    this.#shapeNames.add(name);
    return name;
  }

  #partName(type: Type, hint: string): string {
    const part = (inner: Type) => this.#partName(inner, hint);
    switch (type.kind) {
      case "array":
        return `${part(type.element)}Array`;
      case "set":
        return `${part(type.element)}Set`;
      case "map":
        return `${part(type.key)}To${part(type.value)}Map`;
      case "record":
        return `${part(type.value)}Record`;
      case "maybe":
        return `${type.undefined ? "Optional" : "Nullable"}${part(type.type)}`;
      case "integer":
      case "float":
      case "bigint":
        return pascal(type.format);
      case "typedArray":
        return type.array;
      case "ref":
        return this.declaration(type.id).name;
      case "boolean":
      case "null":
      case "string":
      case "bytes":
      case "date":
      case "actorRef":
        return pascal(type.kind);
      case "choice":
        return type.enum ? type.enum.name : hint;
      default:
        return hint;
    }
  }

  /**
   * A generic instance is spelled out as an interface or alias of this file, once more as a parameter where that
   * takes more; other names are imported.
   */
  #declaredName(id: string, position: Position): string {
    const declaration = this.declaration(id);
    if (declaration.codec !== undefined) return this.#shippedName(declaration);
    if (declaration.scope !== "local") return this.code.typeOf(declaration.origin);
    const takesMore =
      position === "parameter" && hasTwoSpellings(declaration.type, (other) => this.declaration(other));
    const key = takesMore ? `parameter ${id}` : id;
    const known = this.#locals.get(key);
    if (known) return known;
    const name = this.code.name(`${declaration.name}${takesMore ? "Input" : ""}`);
    this.#locals.set(key, name);
    this.later(() => this.#defineLocalType(declaration.type, name, takesMore ? "parameter" : "result"));
    return name;
  }

  /** A type whose codec is imported is imported too, or else is what that codec reads. */
  #shippedName({ id, name, origin }: Declaration): string {
    if (origin.module !== undefined) return this.code.typeOf(origin);
    const known = this.#locals.get(id);
    if (known) return known;
    const local = this.code.name(name);
    this.#locals.set(id, local);
    const read = this.functionFor("read", { kind: "ref", id }, name);
    this.later(() => this.code.line(`type ${local} = ReturnType<typeof ${read}>;`));
    return local;
  }

  #defineLocalType(type: Type, name: string, position: Position): void {
    const isEmpty = type.kind === "struct" && type.fields.length === 0 && !type.absent;
    if (isEmpty) this.code.line(`type ${name} = object;`);
    else if (type.kind === "struct")
      this.code.line(`interface ${name} ${structText(type, this.names, position)}`);
    else this.code.line(`type ${name} = ${typeText(type, { ...this.names, isAlias: true }, position)};`);
  }

  #defineValues(choice: Choice, name: string): void {
    const values = byOrdinal(choice).map((member) => {
      if (!member) return "null";
      const literal = literalText(member.value);
      return choice.enum ? `${literal} as ${memberText(choice, member, this.names)}` : literal;
    });
    const type = `${typeText(choice, this.names, "result")}${values.includes("null") ? " | null" : ""}`;
    this.code.line(`const ${name}: readonly ${elementText(type)}[] = [${values.join(", ")}];`);
  }
}

function byOrdinal({ members }: Choice): (Member | undefined)[] {
  const length = Math.max(...members.map((member) => member.ordinal)) + 1;
  return Array.from({ length }, (_, ordinal) => members.find((candidate) => candidate.ordinal === ordinal));
}

/** Functions that make no value take a readonly one: one function does for both. */
function asSpelled(kind: FunctionKind, type: Type): Type {
  return kind === "write" || kind === "json" || kind === "putJson" || kind === "mismatch"
    ? asReadonly(type)
    : type;
}

/** Made of other types, so that its encoding is a function of its own. */
export function composite(type: Type): boolean {
  switch (type.kind) {
    case "array":
    case "set":
    case "map":
    case "record":
    case "tuple":
    case "struct":
    case "union":
    case "mixed":
    case "ref":
      return true;
    case "maybe":
      return composite(type.type);
    default:
      return false;
  }
}
