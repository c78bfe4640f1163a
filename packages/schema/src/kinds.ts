// Which kinds of values a type has, in JavaScript, in JSON and in MessagePack: what tells the arms of a mixed union
// apart. This is the only place that knows; analyzer, emitter and compatibility ask here.
import { type ArrayKind, arrayKindOf, arrayLengthsOf, overlap } from "./array-kind.ts";
import type { CanonicalType, NodeIndex } from "./canonical-type.ts";
import type { JsonKind, Literal, Type } from "./schema.ts";
import { type TupleShape, tupleLengths } from "./tuple.ts";
import type { TypedArrayName } from "./typed-array.ts";

/** What a program can ask of a value without knowing its type. */
export type JavaScriptKind =
  | "null"
  | "undefined"
  | "boolean"
  | "number"
  | "bigint"
  | "string"
  | "Uint8Array"
  | TypedArrayName
  | "Date"
  | ArrayKind
  | "Set"
  | "Map"
  /** Any other object. */
  | "object";

/** What the first byte of a MessagePack value says; of an extension also its type. */
export type BinaryKind = "nil" | "bool" | "number" | "str" | "bin" | "array" | "map" | `ext ${number}`;

/** Each list has one entry at least, and none twice. */
export interface Kinds {
  readonly javaScript: readonly JavaScriptKind[];
  /** A number that is not finite is a string in JSON: that is in {@link hasNonFinite}, not here. */
  readonly json: readonly JsonKind[];
  readonly binary: readonly BinaryKind[];
  /** Some values are the strings NaN, Infinity and -Infinity in JSON, unless another arm has strings. */
  readonly hasNonFinite: boolean;
}

const jsonOrder: readonly JsonKind[] = ["null", "boolean", "number", "string", "array", "object"];

/** What is asked of a type; `Child` is how it names the types that it is made of. */
type Shape<Child> =
  | {
      readonly kind:
        | "boolean"
        | "null"
        | "string"
        | "template"
        | "bytes"
        | "date"
        | "actorRef"
        | "integer"
        | "float"
        | "set"
        | "record"
        | "struct"
        | "union";
    }
  | { readonly kind: "typedArray"; readonly array: TypedArrayName }
  | { readonly kind: "bigint"; readonly format: string }
  | { readonly kind: "choice"; readonly members: readonly { readonly value: Literal }[] }
  | { readonly kind: "array"; readonly element: Child }
  | ({ readonly kind: "tuple" } & TupleShape<Child>)
  | { readonly kind: "map"; readonly key: Child }
  | { readonly kind: "maybe"; readonly type: Child; readonly null: boolean; readonly undefined: boolean }
  | { readonly kind: "mixed"; readonly arms: readonly { readonly type: Child }[] };

type Look<Child> = (child: Child) => Shape<Child> | undefined;

/**
 * The kinds of a type of a schema.
 * @param declared what a reference stands for
 * @returns undefined where a reference leads to nothing
 */
export function kindsOf(type: Type, declared: (id: string) => Type | undefined): Kinds | undefined {
  const look = (child: Type): Exclude<Type, { kind: "ref" }> | undefined => {
    const seen = new Set<string>();
    let current: Type | undefined = child;
    while (current?.kind === "ref") {
      if (seen.has(current.id)) return undefined;
      seen.add(current.id);
      current = declared(current.id);
    }
    return current;
  };
  return kindsIn(look(type), look);
}

/** The kinds of a node of a canonical type. */
export function kindsOfNode(type: CanonicalType, index: NodeIndex): Kinds {
  const look = (child: NodeIndex) => type.nodes[child];
  const kinds = kindsIn(look(index), look);
  if (kinds === undefined) throw new RangeError(`no node ${index} in a graph of ${type.nodes.length}`);
  return kinds;
}

function kindsIn<Child>(shape: Shape<Child> | undefined, look: Look<Child>): Kinds | undefined {
  switch (shape?.kind) {
    case undefined:
      return undefined;
    case "null":
      return kinds("null", "null", "nil");
    case "boolean":
      return kinds("boolean", "boolean", "bool");
    case "integer":
      return kinds("number", "number", "number");
    case "float":
      return { ...kinds("number", "number", "number"), hasNonFinite: true };
    case "bigint":
      // Beyond what every JSON reader can hold it is a string, beyond 64 bits an extension.
      return {
        ...kinds("bigint", "number", "number"),
        json: ["number", "string"],
        binary: shape.format === "bigint" ? ["number", "ext 1"] : ["number"],
      };
    case "string":
    case "template":
      return kinds("string", "string", "str");
    case "bytes":
      return kinds("Uint8Array", "string", "bin");
    case "typedArray":
      return kinds(shape.array, "string", "bin");
    case "date":
      return kinds("Date", "string", "ext -1");
    case "actorRef":
      return kinds("object", "string", "ext 4");
    case "choice":
      return choiceKinds(shape.members);
    case "array":
      return kinds("array", "array", packedKind(look(shape.element)) ?? "array");
    case "tuple": {
      const array = arrayKindOf(tupleLengths(shape));
      return kinds(array, array, "array");
    }
    case "set":
      return kinds("Set", "array", "array");
    case "map":
      return kinds("Map", look(shape.key)?.kind === "string" ? "object" : "array", "map");
    case "record":
      return kinds("object", "object", "map");
    case "struct":
    case "union":
      return kinds("object", "object", "array");
    case "maybe":
      return joined([kindsIn(look(shape.type), look), ...emptyKinds(shape)]);
    case "mixed":
      return joined(shape.arms.map((arm) => kindsIn(look(arm.type), look)));
  }
}

function kinds(javaScript: JavaScriptKind, json: JsonKind, binary: BinaryKind): Kinds {
  return { javaScript: [javaScript], json: [json], binary: [binary], hasNonFinite: false };
}

/** Literals are ordinals in MessagePack and themselves elsewhere. */
function choiceKinds(members: readonly { readonly value: Literal }[]): Kinds {
  const types = unique(members.map(({ value }) => typeof value as "string" | "number" | "boolean"));
  return { javaScript: types, json: types, binary: ["number"], hasNonFinite: false };
}

function packedKind(element: object | undefined): BinaryKind | undefined {
  const format = element && "format" in element ? element.format : undefined;
  if (format === "f64") return "ext 2";
  return format === "f32" ? "ext 3" : undefined;
}

function emptyKinds(empties: { readonly null: boolean; readonly undefined: boolean }): readonly Kinds[] {
  const none = empties.null && empties.undefined ? (["nil", "ext 0"] as const) : (["nil"] as const);
  const base: Omit<Kinds, "javaScript"> = { json: ["null"], binary: none, hasNonFinite: false };
  return [
    ...(empties.null ? [{ ...base, javaScript: ["null"] as const }] : []),
    ...(empties.undefined ? [{ ...base, javaScript: ["undefined"] as const }] : []),
  ];
}

function joined(parts: readonly (Kinds | undefined)[]): Kinds | undefined {
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length) return undefined;
  return {
    javaScript: unique(known.flatMap((part) => part.javaScript)),
    json: unique(known.flatMap((part) => part.json)),
    binary: unique(known.flatMap((part) => part.binary)),
    hasNonFinite: known.some((part) => part.hasNonFinite),
  };
}

function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}

/** A kind that two types share, so that they cannot be arms of one union. */
export type Clash =
  | { readonly in: "JavaScript"; readonly kind: JavaScriptKind }
  | { readonly in: "JSON"; readonly kind: JsonKind };

/** Why two types cannot be arms of one union; undefined if they can. */
export function clashOf(a: Kinds, b: Kinds): Clash | undefined {
  const same = firstShared(a.javaScript, b.javaScript);
  if (same !== undefined) return { in: "JavaScript", kind: same };
  const json = firstShared(a.json, b.json);
  return json === undefined ? undefined : { in: "JSON", kind: json };
}

/** Arrays of which some have the same length share the kind of all arrays. */
function firstShared<Kind extends string>(
  a: readonly Kind[],
  b: readonly Kind[],
): Kind | "array" | undefined {
  const shared = a.find((kind) => b.some((other) => overlap(kind, other)));
  return shared === undefined || b.includes(shared) ? shared : "array";
}

/**
 * The kinds of the arms of a union as it asks for them: where one arm at most is an array, being one is enough, and what
 * is wrong with its length is found inside of it.
 */
export function askedKindsOf(arms: readonly Kinds[]): readonly Kinds[] {
  const isArray = (kind: string): boolean => arrayLengthsOf(kind) !== undefined;
  if (arms.filter(({ json }) => json.some(isArray)).length > 1) return arms;
  const asked = <Kind extends string>(kind: Kind): Kind | "array" => (isArray(kind) ? "array" : kind);
  return arms.map((arm) => ({
    ...arm,
    javaScript: arm.javaScript.map(asked),
    json: arm.json.map(asked),
  }));
}

/** Whether arms share a kind of MessagePack values, so that each is written behind its ordinal. */
export function areTagged(arms: readonly Kinds[]): boolean {
  const all = arms.flatMap(({ binary }) => binary);
  return new Set(all).size < all.length;
}

/** A number by which arms that {@link clashOf} tells apart have an order of their own. */
export function rankOf({ json }: Kinds): number {
  return Math.min(...json.map((kind) => jsonOrder.findIndex((each) => overlap(each, kind))));
}

/** What each of the arms may be in JSON: numbers that are not finite are strings where no other arm has strings. */
export function jsonKindsOf(arms: readonly Kinds[]): readonly (readonly JsonKind[])[] {
  const hasStrings = arms.some(({ json }) => json.includes("string"));
  return arms.map(({ json, hasNonFinite }) => (hasNonFinite && !hasStrings ? [...json, "string"] : json));
}
