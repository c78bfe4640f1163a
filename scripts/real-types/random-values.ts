// Random values of a type as the compiler sees it. This asks the checker and knows nothing of Hewn's analyzer, so that
// a mistake of the analyzer shows as a value that one of the two refuses.
import ts from "typescript";
import type { Random } from "./random.ts";
import { type Entry, leaf, type Tree } from "./value-tree.ts";

/** How many nodes a value may have before it is brought to an end, and how deep the smallest one may have to be. */
const sizeMax = 60;
const heightMax = 24;

/** Thrown for a type of which this file cannot make a value. */
export class NoValue extends Error {}

export class RandomValues {
  readonly #checker: ts.TypeChecker;
  readonly #random: Random;
  /** How the generated module may name the members of exported enums. */
  readonly #enums: ReadonlyMap<ts.Symbol, string>;
  readonly #ends = new Map<ts.Type, boolean[]>();
  #left = 0;

  constructor(checker: ts.TypeChecker, enums: ReadonlyMap<ts.Symbol, string>, random: Random) {
    this.#checker = checker;
    this.#enums = enums;
    this.#random = random;
  }

  make(type: ts.Type): Tree {
    this.#left = 1 + this.#random.below(sizeMax);
    return this.#value(type, 0);
  }

  get #isEnding(): boolean {
    return this.#left <= 0;
  }

  #value(type: ts.Type, depth: number): Tree {
    this.#left--;
    if (depth > heightMax * 2) throw new NoValue("too deep");
    const primitive = this.#primitive(type);
    if (primitive) return primitive;
    if (type.isUnion()) return this.#oneOf(type.types, depth);
    if (type.isIntersection()) return this.#crossed(type, depth);
    if (type.flags & ts.TypeFlags.TemplateLiteral) return this.#template(type as ts.TemplateLiteralType);
    if (type.flags & ts.TypeFlags.NonPrimitive) return { kind: "object", entries: [] };
    if (type.flags & ts.TypeFlags.Object) return this.#object(type, depth);
    throw new NoValue(this.#checker.typeToString(type));
  }

  #primitive(type: ts.Type): Tree | undefined {
    const { flags } = type;
    if (flags & ts.TypeFlags.Null) return leaf(null);
    if (flags & ts.TypeFlags.VoidLike) return leaf(undefined);
    if (flags & ts.TypeFlags.EnumLiteral && !type.isUnion()) return this.#member(type);
    if (type.isStringLiteral() || type.isNumberLiteral()) return leaf(type.value);
    if (flags & ts.TypeFlags.BooleanLiteral) return leaf(this.#checker.typeToString(type) === "true");
    if (flags & ts.TypeFlags.BigIntLiteral) {
      const { negative, base10Value } = (type as ts.BigIntLiteralType).value;
      return leaf(BigInt(base10Value) * (negative ? -1n : 1n));
    }
    if (flags & ts.TypeFlags.Boolean) return leaf(this.#random.chance(50));
    if (flags & ts.TypeFlags.String) return leaf(this.#text());
    if (flags & ts.TypeFlags.Number) return leaf(this.#number());
    if (flags & ts.TypeFlags.BigInt) return leaf(this.#bigint());
    return undefined;
  }

  /** A string enum accepts its members alone and not what they are equal to. */
  #member(type: ts.Type): Tree {
    const { value } = type as ts.LiteralType;
    if (typeof value === "number") return leaf(value);
    const name = this.#enums.get(type.symbol);
    if (name === undefined || typeof value !== "string")
      throw new NoValue(`the enum of ${type.symbol?.name}`);
    return { kind: "leaf", value, text: `(null! as ${name})` };
  }

  #oneOf(types: readonly ts.Type[], depth: number): Tree {
    if (!this.#isEnding) return this.#value(this.#random.pick(types), depth);
    const heights = types.map((type) => this.#height(type));
    const least = Math.min(...heights);
    return this.#value(this.#random.pick(types.filter((_, index) => heights[index] === least)), depth);
  }

  #crossed(type: ts.IntersectionType, depth: number): Tree {
    const primitive = type.types.find((part) => !(part.flags & ts.TypeFlags.Object));
    return primitive ? this.#value(primitive, depth) : this.#object(type, depth);
  }

  #template(type: ts.TemplateLiteralType): Tree {
    const parts = type.types.map((part) => {
      if (part.flags & ts.TypeFlags.Number) return String(this.#random.below(1000));
      if (part.flags & ts.TypeFlags.BigInt) return String(this.#random.below(1000) - 500);
      const made = this.#value(part, 0);
      if (made.kind !== "leaf") throw new NoValue("a template of objects");
      return String(made.value);
    });
    return leaf(type.texts.map((text, index) => text + (parts[index] ?? "")).join(""));
  }

  #object(type: ts.Type, depth: number): Tree {
    const checker = this.#checker;
    if (checker.isTupleType(type)) return this.#tuple(type as ts.TupleTypeReference, depth);
    if (checker.isArrayType(type)) {
      const [element] = checker.getTypeArguments(type as ts.TypeReference);
      return { kind: "array", items: this.#several(element, depth) };
    }
    const named = type.symbol?.name ?? "";
    if (/^(?:Readonly)?Map$/.test(named)) return this.#map(type as ts.TypeReference, depth);
    if (/^(?:Readonly)?Set$/.test(named)) {
      const [element] = checker.getTypeArguments(type as ts.TypeReference);
      return { kind: "set", items: this.#several(element, depth) };
    }
    if (named === "Date" && isOfLibrary(type)) return this.#date();
    if (named === "Uint8Array" && isOfLibrary(type)) return this.#bytes();
    if (checker.getSignaturesOfType(type, ts.SignatureKind.Call).length > 0) throw new NoValue("a function");
    return { kind: "object", entries: [...this.#fields(type, depth), ...this.#rest(type, depth)] };
  }

  #several(element: ts.Type | undefined, depth: number): readonly Tree[] {
    if (!element) return [];
    const items: Tree[] = [];
    const wanted = this.#random.below(4);
    while (items.length < wanted && !this.#isEnding) items.push(this.#value(element, depth + 1));
    return items;
  }

  #tuple(type: ts.TupleTypeReference, depth: number): Tree {
    const items: Tree[] = [];
    const { elementFlags } = type.target;
    for (const [index, element] of this.#checker.getTypeArguments(type).entries()) {
      const flags = elementFlags[index] ?? 0;
      if (flags & ts.ElementFlags.Rest) items.push(...this.#several(element, depth));
      else if (flags & ts.ElementFlags.Required) items.push(this.#value(element, depth + 1));
      else if (this.#isEnding || this.#random.chance(40)) break;
      else items.push(this.#oneOf(defined(element), depth + 1));
    }
    return { kind: "array", items };
  }

  #map(type: ts.TypeReference, depth: number): Tree {
    const [key, value] = this.#checker.getTypeArguments(type);
    if (!key || !value) throw new NoValue("a map of nothing");
    const keys = new Map(this.#several(key, depth).map((each) => [JSON.stringify(each), each]));
    const entries = [...keys.values()].map((each) => [each, this.#value(value, depth + 1)] as const);
    return { kind: "map", entries };
  }

  #fields(type: ts.Type, depth: number): readonly Entry[] {
    const entries: Entry[] = [];
    for (const property of this.#checker.getPropertiesOfType(type)) {
      const declared = this.#checker.getTypeOfSymbol(property);
      const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      if (!isOptional) entries.push([property.name, this.#value(declared, depth + 1)]);
      else if (!this.#isEnding && this.#random.chance(60)) {
        const present = defined(declared);
        if (present.length > 0) entries.push([property.name, this.#oneOf(present, depth + 1)]);
      }
    }
    return entries;
  }

  /** What an index signature allows beside the named properties. */
  #rest(type: ts.Type, depth: number): readonly Entry[] {
    const infos = this.#checker.getIndexInfosOfType(type);
    const info = infos.find(({ keyType }) => keyType.flags & ts.TypeFlags.String) ?? infos[0];
    if (!info) return [];
    const declared = new Set(this.#checker.getPropertiesOfType(type).map(({ name }) => name));
    const wanted = this.#isEnding ? 0 : this.#random.below(4);
    const names = new Set(Array.from({ length: wanted }, () => this.#key(info.keyType)));
    return [...names]
      .filter((name) => !declared.has(name) && name !== "__proto__")
      .map((name) => [name, this.#value(info.type, depth + 1)] as const);
  }

  #key(type: ts.Type): string {
    if (type.flags & ts.TypeFlags.Number) return String(this.#random.below(100));
    const made = this.#value(type, 0);
    return made.kind === "leaf" ? String(made.value) : "key";
  }

  #text(): string {
    const { pick, below } = {
      pick: this.#random.pick.bind(this.#random),
      below: this.#random.below.bind(this.#random),
    };
    const texts = [
      "",
      "a",
      "id",
      "file:///src/main.ts",
      'quote " and \\',
      "\u2028\u0000\n",
      "Grüße ✓",
      "🙂🙃",
      "constructor",
    ];
    return below(3) === 0
      ? pick(texts)
      : Array.from({ length: below(12) }, () => pick([..."abcdefgh0123_- é"])).join("");
  }

  #number(): number {
    const { below } = { below: this.#random.below.bind(this.#random) };
    const kinds = [
      below(10),
      below(300) - 150,
      below(2 ** 31) * (below(2) ? 1 : -1),
      below(1000) / 8,
      1e300,
      2 ** 53 - 1,
      -0,
      0.1,
    ];
    return below(40) === 0
      ? this.#random.pick([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      : this.#random.pick(kinds);
  }

  #bigint(): bigint {
    return this.#random.pick([0n, 7n, -129n, 2n ** 63n, -(2n ** 70n)]);
  }

  #date(): Tree {
    const time = this.#random.below(2 ** 31) * 1000 + this.#random.below(1000);
    return { kind: "leaf", value: new Date(time), text: `new Date(${time})` };
  }

  #bytes(): Tree {
    const bytes = Array.from({ length: this.#random.below(20) }, () => this.#random.below(256));
    return { kind: "leaf", value: Uint8Array.from(bytes), text: `Uint8Array.from([${bytes}])` };
  }

  /** How deep the smallest value of a type is. */
  #height(type: ts.Type): number {
    for (let height = 0; height < heightMax; height++) if (this.#endsWithin(type, height)) return height;
    return heightMax;
  }

  #endsWithin(type: ts.Type, height: number): boolean {
    let known = this.#ends.get(type);
    if (!known) {
      known = [];
      this.#ends.set(type, known);
    }
    known[height] ??= this.#endsIn(type, height);
    return known[height];
  }

  #endsIn(type: ts.Type, height: number): boolean {
    if (type.isUnion()) return type.types.some((arm) => this.#endsWithin(arm, height));
    if (type.flags & ts.TypeFlags.Never) return false;
    if (!(type.flags & ts.TypeFlags.Object) && !type.isIntersection()) return true;
    const checker = this.#checker;
    if (checker.isArrayType(type) || isOfLibrary(type)) return true;
    const parts = checker.isTupleType(type)
      ? checker.getTypeArguments(type as ts.TypeReference)
      : checker
          .getPropertiesOfType(type)
          .filter(({ flags }) => !(flags & ts.SymbolFlags.Optional))
          .map((property) => checker.getTypeOfSymbol(property));
    return parts.every((part) => height > 0 && this.#endsWithin(part, height - 1));
  }
}

/** The arms of a type that are not `undefined`; an optional property that has one is left out. */
function defined(type: ts.Type): readonly ts.Type[] {
  const arms = type.isUnion() ? type.types : [type];
  return arms.filter((arm) => !(arm.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Never)));
}

function isOfLibrary(type: ts.Type): boolean {
  const [node] = type.symbol?.declarations ?? [];
  return node !== undefined && /\/typescript\/lib\/lib\./.test(node.getSourceFile().fileName);
}
