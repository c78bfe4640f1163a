// A project whose types are edited as people edit them: fields come, go, move and change; objects written in place get
// names, and names go again.
import {
  array,
  choice,
  idIn,
  mixed,
  orNull,
  plain,
  plainNames,
  ref,
  schemaOf,
  union,
} from "../build.testing.ts";
import type { Field, Schema, Struct, Type } from "../schema.ts";
import { tupleParts } from "../tuple.ts";
import type { Random } from "./random.ts";

export const file = "/p/src/types.ts";

export class Project {
  /** Tagged types. */
  readonly wire = new Map<string, Type>();
  readonly others = new Map<string, Type>();
  readonly #random: Random;
  #names = 0;

  constructor(random: Random) {
    this.#random = random;
    this.others.set("Place", this.#struct(2));
    for (const name of ["Order", "Event"]) this.wire.set(name, this.#struct(4));
  }

  schema(): Schema {
    return schemaOf(file, Object.fromEntries(this.wire), Object.fromEntries(this.#reached()));
  }

  /** Changes one thing. */
  edit(): void {
    const types = this.#random.chance(30) && this.others.size > 0 ? this.others : this.wire;
    const name = this.#random.pick([...types.keys()]);
    const type = types.get(name);
    if (type === undefined) return;
    if (types === this.others && this.#random.chance(15)) return this.#rename(name);
    const places = count(type, 0);
    const target = this.#random.below(places);
    types.set(
      name,
      rewrite(type, { left: target }, (inner) => this.#edited(inner)),
    );
  }

  /** The schema holds only what tagged types reach. */
  #reached(): ReadonlyMap<string, Type> {
    const reached = new Map<string, Type>();
    const visit = (type: Type): void => {
      if (type.kind === "ref") {
        const name = type.id.slice(file.length + 1);
        const other = this.others.get(name);
        if (other === undefined || reached.has(name)) return;
        reached.set(name, other);
        visit(other);
      } else for (const part of partsOf(type)) visit(part);
    };
    for (const type of this.wire.values()) visit(type);
    return reached;
  }

  #rename(name: string): void {
    const type = this.others.get(name);
    if (type === undefined) return;
    const fresh = `Renamed${this.#names++}`;
    const renamed = (each: Type): Type => renameIn(each, idIn(file, name), idIn(file, fresh));
    this.others.delete(name);
    this.others.set(fresh, type);
    for (const types of [this.wire, this.others])
      for (const [key, each] of types) types.set(key, renamed(each));
  }

  #edited(type: Type): Type {
    switch (type.kind) {
      case "struct":
        return this.#editedStruct(type);
      case "choice": {
        const values = type.members.map(({ value }) => value);
        return choice(...this.#editedList(values, ["low", "high", "mid", 4]));
      }
      case "union": {
        const tags = this.#editedList(
          type.variants.map(({ tag }) => String(tag)),
          ["circle", "square", "dot"],
        );
        const bodies = new Map(type.variants.map(({ tag, struct: body }) => [String(tag), body]));
        return union(Object.fromEntries(tags.map((tag) => [tag, bodies.get(tag) ?? this.#struct(1)])));
      }
      case "ref": {
        const other = this.others.get(type.id.slice(file.length + 1));
        return other !== undefined && this.#random.chance(30) ? other : this.#type(2);
      }
      default:
        return this.#type(2);
    }
  }

  #editedList<T>(items: readonly T[], pool: readonly T[]): readonly T[] {
    const rest = [...items];
    const fresh = this.#random.pick(pool);
    if (this.#random.chance(50) && !rest.includes(fresh))
      rest.splice(this.#random.below(rest.length + 1), 0, fresh);
    else if (rest.length > 1) rest.splice(this.#random.below(rest.length), 1);
    return this.#random.chance(50) ? rest.reverse() : rest;
  }

  #editedStruct(type: Struct): Type {
    const fields = [...type.fields];
    const at = this.#random.below(fields.length + 1);
    switch (this.#random.below(6)) {
      case 0:
        fields.splice(at, 1);
        break;
      case 1:
        fields.reverse();
        break;
      case 2: {
        // An object that is written in place gets a name.
        const name = `Extracted${this.#names++}`;
        this.others.set(name, type);
        return ref(idIn(file, name));
      }
      default: {
        const name = this.#random.pick(fieldNames);
        if (!fields.some((field) => field.name === name)) fields.splice(at, 0, this.#field(name, 2));
      }
    }
    return renumbered(fields);
  }

  #struct(depth: number): Struct {
    const names = fieldNames.filter(() => this.#random.chance(60));
    return renumbered(names.map((name) => this.#field(name, depth)));
  }

  #field(name: string, depth: number): Field {
    const type = this.#type(depth - 1);
    if (this.#random.chance(40)) return { name, slot: 0, type, optional: false };
    const inner: Type = type.kind === "maybe" ? { ...type, undefined: true } : orUndefinedOf(type);
    return { name, slot: 0, type: inner, optional: true };
  }

  #type(depth: number): Type {
    if (depth <= 0) return plain(this.#random.pick(plainNames));
    const named = [...this.others.keys()].map((name) => ref(idIn(file, name)));
    switch (this.#random.below(8)) {
      case 0:
        return this.#struct(depth);
      case 1:
        return { kind: "array", element: this.#type(depth - 1) };
      case 2:
        return choice("low", "high");
      case 3:
        return union({ circle: this.#struct(depth - 1), square: this.#struct(1) });
      case 4:
        return orNull("string");
      case 6:
        return mixed(this.#struct(depth - 1), this.#random.pick(["string", "i32", array("i32")] as const));
      case 5:
        // Only in a list, so that types that reach themselves have values.
        return named.length === 0 ? plain("i32") : { kind: "array", element: this.#random.pick(named) };
      default:
        return plain(this.#random.pick(plainNames));
    }
  }
}

const fieldNames = ["id", "note", "place", "kind of", "items", "at"];

function orUndefinedOf(type: Type): Type {
  return { kind: "maybe", type, null: type.kind === "null", undefined: true };
}

/** Slots in declared order, as the analyzer gives them. */
function renumbered(fields: readonly Field[]): Struct {
  return { kind: "struct", fields: fields.map((field, slot) => ({ ...field, slot })) };
}

function partsOf(type: Type): readonly Type[] {
  switch (type.kind) {
    case "array":
    case "set":
      return [type.element];
    case "map":
      return [type.key, type.value];
    case "record":
      return [type.value];
    case "maybe":
      return [type.type];
    case "tuple":
      return tupleParts(type);
    case "struct":
      return type.fields.map((field) => field.type);
    case "union":
      return type.variants.map((variant) => variant.struct);
    case "mixed":
      return type.arms.map((arm) => arm.type);
    default:
      return [];
  }
}

function count(type: Type, sum: number): number {
  return partsOf(type).reduce((total, part) => count(part, total), sum + 1);
}

/** Replaces the part that comes `left`-th in order of visits. */
function rewrite(type: Type, target: { left: number }, edit: (type: Type) => Type): Type {
  if (target.left-- === 0) return edit(type);
  const inner = (part: Type): Type => rewrite(part, target, edit);
  switch (type.kind) {
    case "array":
    case "set":
      return { kind: type.kind, element: inner(type.element) };
    case "maybe": {
      const edited = inner(type.type);
      if (edited.kind === "maybe") return { ...edited, undefined: true };
      return { ...type, type: edited, null: type.null || edited.kind === "null" };
    }
    case "struct":
      return { kind: "struct", fields: type.fields.map((field) => withType(field, inner(field.type))) };
    case "union": {
      const variants = type.variants.map((variant) => {
        const edited = inner(variant.struct);
        return { ...variant, struct: edited.kind === "struct" ? edited : variant.struct };
      });
      return { ...type, variants };
    }
    case "mixed":
      return mixedOf(type.arms.map((arm) => inner(arm.type)));
    default:
      return type;
  }
}

/** Arms of different kinds; of two of a kind the first. */
function mixedOf(types: readonly Type[]): Type {
  const all = mixed(...types.filter(({ kind }) => kind !== "maybe" && kind !== "mixed" && kind !== "null"));
  if (all.kind !== "mixed") return all;
  const arms = all.arms.filter(({ json }, index) => all.arms.findIndex((arm) => arm.json === json) === index);
  return arms.length > 1 ? { ...all, arms } : (arms[0]?.type ?? plain("string"));
}

function withType(field: Field, type: Type): Field {
  if (!field.optional || (type.kind === "maybe" && type.undefined)) return { ...field, type };
  return { ...field, type: type.kind === "maybe" ? { ...type, undefined: true } : orUndefinedOf(type) };
}

function renameIn(type: Type, from: string, to: string): Type {
  if (type.kind === "ref") return type.id === from ? { kind: "ref", id: to } : type;
  const inner = (part: Type): Type => renameIn(part, from, to);
  switch (type.kind) {
    case "array":
    case "set":
      return { kind: type.kind, element: inner(type.element) };
    case "maybe":
      return { ...type, type: inner(type.type) };
    case "struct":
      return { kind: "struct", fields: type.fields.map((field) => ({ ...field, type: inner(field.type) })) };
    case "union":
      return {
        ...type,
        variants: type.variants.map((variant) => ({ ...variant, struct: inner(variant.struct) as Struct })),
      };
    case "mixed":
      return { ...type, arms: type.arms.map((arm) => ({ ...arm, type: inner(arm.type) })) };
    default:
      return type;
  }
}
