// Random modules of wire types, the same for the same seed. They lean towards what breaks generators: names that
// collide with the generated code, odd property names, recursion, types of other modules, gaps in what is required.
import { type Pattern, typedArrayNames } from "@hewn/schema";
import fc from "fast-check";
import { nameCollisions } from "../check/name-collision.ts";
import {
  bare,
  type Constant,
  type Named,
  numberNames,
  type Shape,
  type ShapeField,
  type ShapeVariant,
} from "./shape.testing.ts";
import { plainWords, type Words } from "./words.testing.ts";

const shortNames = ["i8", "i16", "i32", "u8", "u16", "u32"] as const;

const numbers = [0, 1, -1, 2, 1.5, -0.25, 255, 65536, 1e21, 1e-7, 9007199254740991, 0x7fffffff];

/** Patterns whose texts do not stand in what fills their placeholders, and that share no text. */
const patterns: readonly Pattern[] = [
  ["user-", "string", ""],
  ["", "number", "%"],
  ["v", "bigint", ":", "string", ":"],
  ["`\x24{\u2028", "string", '"\\', "number", ""],
  ["#", "Uppercase<string>", ""],
  ["", "string", "|", "string", "|", "string", "|"],
];

export interface RandomModule {
  readonly index: number;
  /** The name of its source without an extension. */
  readonly file: string;
  readonly declarations: readonly Named[];
}

class Builder {
  readonly #random: Iterator<number>;
  readonly #known: Named[] = [];
  /** The declaration being built: it may contain itself where a value can end. */
  #open: Named | undefined;
  /** Whether the types of the module are tagged `@wire copy` and may be mutable. */
  #copies = false;

  readonly #words: Words;

  constructor(seed: number, words: Words) {
    this.#words = words;
    this.#random = fc.sample(fc.nat(), { seed, numRuns: 20_000 })[Symbol.iterator]();
  }

  /** An integer from 0 to `below` - 1. */
  pick(below: number): number {
    const next = this.#random.next();
    if (next.done) throw new Error("the random numbers of this seed are used up: build fewer types");
    return next.value % below;
  }

  of<T>(items: readonly T[]): T {
    const item = items[this.pick(items.length)];
    if (item === undefined) throw new Error("nothing to choose from");
    return item;
  }

  some<T>(items: readonly T[], count: number): T[] {
    if (items.length === 0) return [];
    const chosen = new Set<T>();
    for (let i = 0; i < count * 3 && chosen.size < count; i++) chosen.add(this.of(items));
    return [...chosen];
  }

  module(index: number, types: number): RandomModule {
    this.#copies = index % 3 === 1;
    const names = withoutCollisions(this.some(this.#words.types, types));
    const declarations = names.map((name) => this.#declaration(name, index));
    return { index, file: this.#words.files[index] ?? `module${index}`, declarations };
  }

  #declaration(name: string, module: number): Named {
    const form = this.of(["interface", "interface", "alias", "alias", "enum"] as const);
    const tagged = this.pick(5) > 0;
    const copied = this.#copies;
    const members = form === "enum" ? this.some(this.#words.members, 4) : [];
    const named: Named = { name, module, form, tagged, copied, members, shape: { kind: "null" } };
    this.#open = named;
    if (form === "interface") named.shape = this.#extended() ?? this.#message() ?? this.#struct(3);
    else if (form === "enum") named.shape = { kind: "choice", values: this.#enumValues() };
    else named.shape = this.#alias();
    this.#open = undefined;
    this.#known.push(named);
    return named;
  }

  #alias(): Shape {
    const make = this.of([
      () => this.#union(2),
      () => this.#union(2),
      () => this.#choice(),
      () => this.#mixed(2),
      () => this.#tuple(2),
      () => ({ kind: "array", element: this.#shape(2), ...this.#mutability() }) as const,
      () => ({ kind: "box", element: this.#element(1) }) as const,
      () => this.#derived() ?? this.#union(2),
      () => this.#derived() ?? this.#struct(2),
    ]);
    return make();
  }

  /** Sometimes: an interface over another one. */
  #extended(): Shape | undefined {
    const base = this.pick(4) === 0 ? this.#base() : undefined;
    return base && this.#withOwn("extends", base.named, base.fields);
  }

  /** Sometimes: an interface without properties. */
  #message(): Shape | undefined {
    return this.pick(10) === 0 ? { kind: "struct", fields: [] } : undefined;
  }

  #derived(): Shape | undefined {
    const base = this.#base();
    if (!base) return undefined;
    const { named, fields } = base;
    const how = this.of(["intersection", "Partial", "Pick", "Omit"] as const);
    if (how === "intersection") return this.#withOwn(how, named, fields);
    if (how === "Partial") {
      // `a?: null` says nothing and is refused.
      if (fields.some(({ shape }) => shape.kind === "null")) return undefined;
      const optional = fields.map((field) => ({ ...field, optional: true }));
      return { kind: "derived", fields: optional, from: { how, base: named, own: [], keys: [] } };
    }
    const keys = fields.map(({ name }) => name).filter(() => this.pick(2) === 0);
    const left = fields.filter(({ name }) => keys.includes(name) === (how === "Pick"));
    // Types that iterate over a union of keys have no order of their own.
    const sorted = [...left].sort((a, b) => (a.name < b.name ? -1 : 1));
    if (keys.length === 0 || left.length === 0) return undefined;
    return { kind: "derived", fields: sorted, from: { how, base: named, own: [], keys } };
  }

  #withOwn(how: "extends" | "intersection", base: Named, inherited: readonly ShapeField[]): Shape {
    const own = this.#fields(
      1,
      this.pick(4),
      inherited.map(({ name }) => name),
    );
    return { kind: "derived", fields: [...inherited, ...own], from: { how, base, own, keys: [] } };
  }

  #base(): { readonly named: Named; readonly fields: readonly ShapeField[] } | undefined {
    const bases = this.#known.filter(({ form, copied }) => form === "interface" && (this.#copies || !copied));
    const named = bases.length > 0 ? this.of(bases) : undefined;
    const shape = named && bare(named.shape);
    return named && shape?.kind === "struct" ? { named, fields: shape.fields } : undefined;
  }

  #enumValues(): readonly Constant[] {
    const count = 1 + this.pick(4);
    return this.pick(2) === 0 ? this.some(numbers, count) : this.some(this.#words.literals, count);
  }

  #choice(): Shape {
    const values = this.some<Constant>(
      this.pick(2) === 0 ? this.#words.literals : [...this.#words.literals, ...numbers, true],
      1 + this.pick(5),
    );
    return { kind: "choice", values };
  }

  #struct(level: number): Shape {
    if (this.pick(6) === 0) return this.#plain();
    return { kind: "struct", fields: this.#fields(level, 1 + this.pick(7), []) };
  }

  /** Small integers and booleans alone, which are read in an attempt of their own before the careful reader. */
  #plain(): Shape {
    const fields = this.some(this.#words.properties, 2 + this.pick(6)).map((name) => {
      const number = { kind: "named number", name: this.of(shortNames) } as const;
      const shape = this.pick(3) === 0 ? ({ kind: "boolean" } as const) : number;
      return { name, optional: this.pick(12) === 0, shape, ...this.#mutability() };
    });
    return { kind: "struct", fields };
  }

  #fields(level: number, count: number, taken: readonly string[]): ShapeField[] {
    const names = this.some(this.#words.properties, count).filter((name) => !taken.includes(name));
    return names.map((name) => {
      const shape = this.#field(level);
      // `a?: null` says nothing and is refused.
      return { name, optional: shape.kind !== "null" && this.pick(3) === 0, shape, ...this.#mutability() };
    });
  }

  #field(level: number): Shape {
    if (this.pick(4) > 0) return this.#shape(level);
    const flags = this.of([
      { null: true, undefined: false },
      { null: false, undefined: true },
      { null: true, undefined: true },
    ]);
    return { kind: "maybe", type: this.#recursive() ?? this.#present(level), ...flags };
  }

  /** What stands in a container, where JSON has one null for both null and undefined. */
  #element(level: number): Shape {
    if (this.pick(5) > 0) return this.#shape(level);
    const isNull = this.pick(2) === 0;
    return { kind: "maybe", type: this.#present(level), null: isNull, undefined: !isNull };
  }

  #recursive(): Shape | undefined {
    const open = this.#open;
    return open && open.form === "interface" && this.pick(2) === 0 ? { kind: "ref", to: open } : undefined;
  }

  /** A shape that accepts neither null nor undefined. */
  #present(level: number): Shape {
    for (;;) {
      const shape = this.#shape(level);
      if (shape.kind !== "null") return shape;
    }
  }

  #shape(level: number): Shape {
    const leaf = this.of([
      () =>
        ({
          kind: this.of(["boolean", "string", "bytes", "date", "number", "bigint", "null"] as const),
        }) as Shape,
      () => ({ kind: "named number", name: this.of(numberNames) }) as const,
      () => ({ kind: "named number", name: this.of(numberNames) }) as const,
      () => ({ kind: "template", patterns: this.some(patterns, 1 + this.pick(3)) }) as const,
      () => ({ kind: "typed array", name: this.of(typedArrayNames) }) as const,
      () => this.#choice(),
      () => this.#reference() ?? { kind: "string" as const },
    ]);
    if (level === 0 || this.pick(2) === 0) return leaf();
    return this.#container(level - 1);
  }

  #mutability(): { readonly mutable?: true } {
    return this.#copies && this.pick(2) === 0 ? { mutable: true } : {};
  }

  #container(level: number): Shape {
    const shape = this.#readonlyContainer(level);
    const canBeMutable = ["array", "set", "map", "record", "tuple"].includes(shape.kind);
    return canBeMutable ? ({ ...shape, ...this.#mutability() } as Shape) : shape;
  }

  #readonlyContainer(level: number): Shape {
    const make = this.of<() => Shape>([
      () => ({ kind: "array", element: this.#recursive() ?? this.#element(level) }),
      () => ({ kind: "array", element: { kind: "named number", name: this.of(["f32", "f64"]) } }),
      () => ({ kind: "set", element: this.#key() }),
      () => ({ kind: "map", key: this.#key(), value: this.#recursive() ?? this.#element(level) }),
      () => ({ kind: "record", element: this.#element(level) }),
      () => this.#tuple(level),
      () => this.#struct(level),
      () => this.#union(level),
      () => this.#mixed(level),
      () => ({ kind: "box", element: this.#element(level) }),
      () => this.#reference() ?? this.#struct(level),
    ]);
    return make();
  }

  #key(): Shape {
    const make = this.of<() => Shape>([
      () => ({ kind: "string" }),
      () => ({ kind: "named number", name: this.of(numberNames) }),
      () => ({ kind: this.of(["bigint", "number", "boolean"] as const) }),
      () => this.#choice(),
      () => ({ kind: "template", patterns: this.some(patterns, 1 + this.pick(2)) }),
      () => ({ kind: "mixed", arms: this.#scalars("string") }),
    ]);
    return make();
  }

  /** Arms of which no two are of one kind, neither in the program nor in JSON; tuples differ in length. */
  #mixed(level: number): Shape {
    const element = (): Shape => this.#recursive() ?? this.#element(level);
    const list = this.of<() => Shape>([
      () => ({ kind: "array", element: element() }),
      () => ({ kind: "array", element: { kind: "named number", name: this.of(["f32", "f64"]) } }),
      () => this.#tuple(level),
      () => ({ kind: "set", element: this.#key() }),
      () => ({ kind: "map", key: { kind: "boolean" }, value: element() }),
    ]);
    const object = this.of<() => Shape>([
      () => this.#struct(level),
      () => this.#union(level),
      () => ({ kind: "record", element: element() }),
      () => this.#interface() ?? this.#struct(level),
    ]);
    const others = this.of([
      () => [list()],
      () => [object()],
      () => [list(), object()],
      () => this.#tuples(level),
      () => [...this.#tuples(level), object()],
    ])();
    const arms = [...others, ...this.#scalars().slice(this.pick(2))];
    return { kind: "mixed", arms: this.pick(2) === 0 ? arms : arms.reverse() };
  }

  #interface(): Shape | undefined {
    const named = this.#base()?.named;
    return named && { kind: "ref", to: named };
  }

  #scalars(bytes: "bytes" | "string" = "bytes"): readonly Shape[] {
    const numeric: Shape =
      this.pick(3) === 0
        ? { kind: "number" }
        : { kind: "named number", name: this.of(["u8", "i32", "int", "f32", "f64"]) };
    const text = this.of<() => Shape>([
      () => ({ kind: "string" }),
      () => ({ kind: bytes }),
      // All literals of a union are one arm.
      () => ({ kind: "choice", values: this.some(this.#words.literals, 3) }),
    ]);
    const big: Shape = this.pick(2) === 0 ? { kind: "bigint" } : { kind: "named number", name: "i64" };
    const flag: Shape = { kind: "boolean" };
    return this.of([
      () => [numeric, text()],
      () => [{ kind: "string" } as const, flag],
      () => [flag, big],
      () => [text(), numeric, flag],
    ])();
  }

  #tuple(level: number): Shape {
    const length = 1 + this.pick(4);
    const required = this.pick(length + 1);
    const elements = Array.from({ length }, (_, index) => {
      // An element that may be absent cannot also be null.
      return index < required ? this.#element(level) : this.#present(level);
    });
    return {
      kind: "tuple",
      elements,
      required,
      ...this.#rest(level, length === required),
      ...this.#mutability(),
    };
  }

  /** Tuples of which no two can have the same length. */
  #tuples(level: number): readonly Shape[] {
    const tuples: Shape[] = [];
    let least = this.pick(2);
    for (let count = 1 + this.pick(3); count > 0; count--) {
      const required = Array.from({ length: least }, () => this.#element(level));
      const optional = Array.from({ length: Math.max(0, this.pick(4) - 1) }, () => this.#present(level));
      const elements = [...required, ...optional];
      const tuple = { kind: "tuple", elements, required: least, ...this.#mutability() } as const;
      const rest = count === 1 ? this.#rest(level, optional.length === 0) : {};
      tuples.push({ ...tuple, ...rest });
      least = elements.length + 1 + this.pick(2);
    }
    return this.pick(2) === 0 ? tuples : tuples.reverse();
  }

  /** Sometimes: any number of elements more, and some that follow where none is optional. */
  #rest(level: number, canTrail: boolean): { readonly rest?: Shape; readonly trailing?: readonly Shape[] } {
    if (this.pick(3) > 0) return {};
    const rest = this.#element(level);
    const trailing = Array.from({ length: canTrail ? this.pick(3) : 0 }, () => this.#element(level));
    return trailing.length > 0 ? { rest, trailing } : { rest };
  }

  #union(level: number): Shape {
    const discriminant = this.of(this.#words.discriminants);
    const tags = this.some<Constant | null>(
      this.of([this.#words.literals, [...this.#words.literals, ...numbers, true, false, null]]),
      2 + this.pick(4),
    );
    const all = tags.map(() => this.#fields(level, this.pick(4), [discriminant]));
    // A second property that all have may tell them apart, too: of several the one that is declared first does.
    const isAlone = !haveInCommon(all);
    const variants = tags.map((tag, index): ShapeVariant => {
      const fields = all[index]!;
      return { tag, position: isAlone ? this.pick(fields.length + 1) : 0, fields };
    });
    return { kind: "union", discriminant, variants };
  }

  /** A type declared before, in this or another module; only such a one, so that modules import downwards. */
  #reference(): Shape | undefined {
    // What is not copied can refer to what is, by a name of its own that the compiler does not forget.
    const known = this.#known.filter(
      ({ copied, tagged, form }) => this.#copies || !copied || (tagged && form === "interface"),
    );
    return known.length > 0 ? { kind: "ref", to: this.of(known) } : undefined;
  }
}

/** Whether one name is among the fields of each variant. */
function haveInCommon([first = [], ...others]: readonly (readonly ShapeField[])[]): boolean {
  return first.some(({ name }) => others.every((fields) => fields.some((field) => field.name === name)));
}

/** Types of one module whose codecs can stand in one file: `encodeAInto` is a function of `A` and of `AInto`. */
function withoutCollisions(names: readonly string[]): readonly string[] {
  const collisions = new Set(nameCollisions(names).map(({ name }) => name));
  return names.filter((name) => !collisions.has(name));
}

/** Modules that import from the ones before them. */
export function randomModules(
  seed: number,
  modules: number,
  typesEach: number,
  words: Words = plainWords,
): readonly RandomModule[] {
  const builder = new Builder(seed, words);
  return Array.from({ length: modules }, (_, index) => builder.module(index, typesEach));
}
