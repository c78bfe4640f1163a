// The schema: what the analyzer proved about a file's wire types, as plain data. Everything after the analyzer
// (emitter, fingerprint, lock, compatibility) works on this union and knows no compiler.

import type { ArrayKind } from "./array-kind.ts";
import type { Pattern } from "./template.ts";
import type { TypedArrayName } from "./typed-array.ts";

/** Integer formats on a TypeScript `number`; `int` is the safe-integer range. */
export type IntegerFormat = "i8" | "i16" | "i32" | "u8" | "u16" | "u32" | "int";

/** `number` travels as an integer when it is integral and not -0, else as a 64-bit float. */
export type FloatFormat = "f32" | "f64" | "number";

/** Integer formats on a TypeScript `bigint`; `bigint` has no fixed width, only a limit on its digits. */
export type BigintFormat = "i64" | "u64" | "bigint";

/** Strings that one of several patterns accepts: template literal types, with the literals in a union with them. */
export interface Template {
  readonly kind: "template";
  /** As {@link normalized} has them; at least one with a placeholder. */
  readonly patterns: readonly Pattern[];
}

/** A typed array other than Uint8Array: its elements in a byte string. */
export interface TypedArray {
  readonly kind: "typedArray";
  readonly array: TypedArrayName;
}

/** A handle of an actor, which travels as the address of its actor. */
export interface ActorHandle {
  readonly kind: "actorRef";
  /** The class of the actor; no part of the wire form, and absent in locks and in what canonical texts say. */
  readonly actor?: Origin;
}

/** A value that a literal type can have. `null` and `undefined` are not literals here: see {@link Maybe}. */
export type Literal = string | number | boolean;

/** A value that tells a variant apart. */
export type Tag = Literal | null;

/** One value of a {@link Choice}, known on the wire by its ordinal. */
export interface Member {
  readonly value: Literal;
  /** The member's name, where the choice is of an enum type. */
  readonly enumMember?: string;
  readonly ordinal: number;
}

/** A literal, a union of literals, or an enum. `enum` names the declaration whose members the values are. */
export interface Choice {
  readonly kind: "choice";
  /** In declared order; ordinals are unique and need not be dense. */
  readonly members: readonly Member[];
  readonly enum?: Origin;
  /** Only some of the enum's members: `Level.Low | Level.High`. */
  readonly isPart?: boolean;
}

/** `T | null`, `T | undefined` or both, where `type` itself accepts neither. At least one flag is set. */
export interface Maybe {
  readonly kind: "maybe";
  readonly type: Type;
  readonly null: boolean;
  readonly undefined: boolean;
}

export interface Field {
  readonly name: string;
  /** Position in the encoded array (in a variant: after the discriminant). Unique; gaps are reserved slots. */
  readonly slot: number;
  readonly type: Type;
  /** The key may be absent (`a?: T`). Then `type` is a {@link Maybe} whose `undefined` flag is set. */
  readonly optional: boolean;
  /** The property can be assigned to. */
  readonly mutable?: true;
}

/**
 * A property that no value has: `title?: undefined` or `title?: never`, and with `optional` unset `title: undefined`.
 * Checks ask for it and types spell it; it is no part of the wire form, of canonical texts or of locks.
 */
export interface Absent {
  readonly name: string;
  readonly optional: boolean;
  readonly mutable?: true;
}

/** An object type: interface, type literal or the payload of a variant. Fields stand in declared order. */
export interface Struct {
  readonly kind: "struct";
  readonly fields: readonly Field[];
  /** Not empty. */
  readonly absent?: readonly Absent[];
}

/** One arm of a discriminated union. `struct` does not contain the discriminant. */
export interface Variant {
  readonly tag: Tag;
  /** The member's name, where the tag is one of an enum; and the enum, which other variants need not share. */
  readonly enumMember?: string;
  readonly enum?: Origin;
  /** The discriminant on the wire; unique within the union. */
  readonly ordinal: number;
  readonly struct: Struct;
  /** Where the discriminant stands among the declared properties; JSON keeps that order. */
  readonly tagPosition: number;
  /** The discriminant can be assigned to. */
  readonly mutable?: true;
}

export interface Union {
  readonly kind: "union";
  /** The property that tells the variants apart. */
  readonly discriminant: string;
  /** In declared order. */
  readonly variants: readonly Variant[];
}

/** The kinds of JSON values, as far as a type has them; of arrays also how many elements they have. */
export type JsonKind = "null" | "boolean" | "number" | "string" | ArrayKind | "object";

/** One of several types that a value may have. It is neither a {@link Maybe} nor a {@link Mixed} itself. */
export interface Arm {
  /** What its values are in JSON, of literals the first: no other arm's are, so that it names the arm. */
  readonly json: JsonKind;
  /** The arm on the wire, where arms are told apart by a number; unique within the union. */
  readonly ordinal: number;
  readonly type: Type;
}

/** A union of types whose values differ in kind, in JavaScript and in JSON: see kinds.ts. */
export interface Mixed {
  readonly kind: "mixed";
  /** In declared order. */
  readonly arms: readonly Arm[];
}

export interface Tuple {
  readonly kind: "tuple";
  readonly elements: readonly Type[];
  /** How many leading elements must be present; the others are optional, each a {@link Maybe} with `undefined`. */
  readonly required: number;
  /** Any number of these follow the leading elements. */
  readonly rest?: Type;
  /** These follow the rest; then no leading element is optional. Not empty, and only with a rest. */
  readonly trailing?: readonly Type[];
  readonly mutable?: true;
}

/**
 * A type, as it crosses the wire. `mutable` on a container, a field or a variant says how the source spells it, and so
 * whether a value may be shared; it is no part of the wire form, of canonical texts or of locks.
 */
export type Type =
  | { readonly kind: "boolean" }
  | { readonly kind: "null" }
  | { readonly kind: "string" }
  | { readonly kind: "bytes" }
  /** A time in whole milliseconds, within what a JavaScript Date holds. */
  | { readonly kind: "date" }
  | ActorHandle
  | TypedArray
  | Template
  | { readonly kind: "integer"; readonly format: IntegerFormat }
  | { readonly kind: "float"; readonly format: FloatFormat }
  | { readonly kind: "bigint"; readonly format: BigintFormat }
  | { readonly kind: "array"; readonly element: Type; readonly mutable?: true }
  | { readonly kind: "set"; readonly element: Type; readonly mutable?: true }
  | { readonly kind: "map"; readonly key: Type; readonly value: Type; readonly mutable?: true }
  | { readonly kind: "record"; readonly value: Type; readonly mutable?: true }
  | Choice
  | Maybe
  | Tuple
  | Struct
  | Union
  | Mixed
  /** A named type: an entry of {@link Schema.declarations}. */
  | { readonly kind: "ref"; readonly id: string };

export type Kind = Type["kind"];

/** How values cross: as MessagePack or as JSON. */
export type Format = "binary" | "json";

/** Where a name can be imported from: an absolute file name with forward slashes, and the exported name. */
export interface Origin {
  readonly file: string;
  readonly name: string;
  /** The module specifier to import it by, where that is not a path to `file`: of what a package declares. */
  readonly module?: string;
}

/**
 * A named type.
 * - `wire`: tagged and exported; its codec is exported by the codec file beside `origin.file`.
 * - `import`: exported, not tagged; codecs that need it define its functions privately and import its type.
 * - `local`: a generic instance, or of another package or project; codecs that need it also spell out its type.
 */
export interface Declaration {
  readonly id: string;
  /** The exported name; for a generic instance a readable one, such as `Box_i32`, unique within the schema. */
  readonly name: string;
  readonly scope: "wire" | "import" | "local";
  readonly origin: Origin;
  /** The module specifier of the codec that a package ships of it: then neither functions nor type are spelled out. */
  readonly codec?: string;
  /** The only format that its codec has; both where it is absent. It is no part of the wire form or of locks. */
  readonly format?: Format;
  /** Never a `ref` to itself. */
  readonly type: Type;
}

/** What a full mailbox does with one more message. */
export type Overflow = "wait" | "reject" | "dropOldest";

/** What tags say of a method, or of all methods of a class. */
export interface SendingRules {
  /** How long an answer is worth waiting for, in milliseconds. */
  readonly deadlineMs?: number;
  readonly overflow?: Overflow;
}

export interface ActorMethod extends SendingRules {
  readonly name: string;
  /** `tell`: declared `void`, without an answer. */
  readonly kind: "ask" | "tell";
  /** The names of its parameters, the last one with `...` in front if it is a rest. */
  readonly parameters: readonly string[];
  /** May run twice without harm. */
  readonly idempotent?: true;
}

/** A class tagged `@actor`. */
export interface Actor extends SendingRules {
  /** Of the declaration of its messages; of an actor that stays where it is there is none. */
  readonly id: string;
  /** The exported name of the class. */
  readonly name: string;
  readonly origin: Origin;
  /** It is sent to in its own process only, so nothing about it is written in bytes. */
  readonly local: boolean;
  /** What the constructor takes behind the context, by name. */
  readonly parameters: readonly string[];
  /** How many messages wait for it at most. */
  readonly mailboxMessages?: number;
  /** Messages are handled while others wait for something. */
  readonly reentrant?: true;
  /** It was meant to be sent to from everywhere, and something that it is sent cannot cross: then it is local. */
  readonly refused?: true;
  /** In declared order. */
  readonly methods: readonly ActorMethod[];
}

/** The wire types of one source file with everything they reach. */
export interface Schema {
  /** Absolute, forward slashes. */
  readonly file: string;
  /** Ids of the types tagged in this file that passed every check, in declared order. */
  readonly roots: readonly string[];
  /** Names of the types tagged in this file that were refused; the codec file declares but does not define them. */
  readonly refused: readonly string[];
  /** The classes tagged `@actor` in this file that passed every check, in declared order. */
  readonly actors?: readonly Actor[];
  /** Names of the classes tagged `@actor` that were refused whatever their methods take. */
  readonly refusedActors?: readonly string[];
  readonly declarations: ReadonlyMap<string, Declaration>;
}
