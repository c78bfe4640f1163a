// A schema type as TypeScript: what the parameters and results of emitted functions are called. Numeric names become
// their carriers (`number`, `bigint`), which assign to the named ones and back.
import {
  type ActorHandle,
  type Choice,
  type Maybe,
  type Member,
  type Origin,
  type Struct,
  type Tuple,
  type Type,
  templateText,
  type Union,
  type Variant,
} from "@hewn/schema";
import { enumMemberType, literalText, propertyKey } from "./literal.ts";

/** How named types are spelled in the file at hand. */
export interface TypeNames {
  /** The local name of a type that a source file exports; imports it. */
  readonly typeOf: (origin: Origin) => string;
  /** The type of a handle. */
  readonly handleOf: (type: ActorHandle) => string;
  /** The local name of the runtime's type of bytes that own their memory. */
  readonly ownBytes: () => string;
  /** The local name of the runtime's type of typed arrays that own their memory. */
  readonly ownArray: () => string;
  /** The text is of an alias, which may contain itself, but not among the arguments of another alias. */
  readonly isAlias?: true;
  /** The local name of a schema declaration. */
  readonly declared: (id: string, position: Position) => string;
}

/**
 * What the text is for. Under `exactOptionalPropertyTypes` the user's `a?: T` takes no `undefined` and their
 * `a?: T | undefined` gives one: so parameters accept it and results never have it.
 */
export type Position = "parameter" | "result";

export function typeText(type: Type, names: TypeNames, position: Position): string {
  const text = (inner: Type) => typeText(inner, names, position);
  switch (type.kind) {
    case "boolean":
    case "null":
    case "string":
      return type.kind;
    case "bytes":
      return position === "result" ? names.ownBytes() : "Uint8Array";
    case "template":
      return templateText(type.patterns);
    case "typedArray":
      return position === "result" ? `${names.ownArray()}<${type.array}>` : type.array;
    case "date":
      return "Date";
    case "actorRef":
      return names.handleOf(type);
    case "integer":
    case "float":
      return "number";
    case "bigint":
      return "bigint";
    case "choice":
      return choiceText(type, names);
    case "maybe":
      return maybeText(text(type.type), type.null, type.undefined);
    case "array":
      return `${type.mutable ? "" : "readonly "}${elementText(text(type.element))}[]`;
    case "set":
      return `${type.mutable ? "Set" : "ReadonlySet"}<${text(type.element)}>`;
    case "map":
      return `${type.mutable ? "Map" : "ReadonlyMap"}<${text(type.key)}, ${text(type.value)}>`;
    case "record":
      return recordText(text(type.value), type.mutable, names.isAlias);
    case "tuple":
      return tupleText(type, names, position);
    case "struct":
      return structText(type, names, position);
    case "union":
      return unionText(type, names, position);
    case "mixed":
      return type.arms.map((arm) => text(arm.type)).join(" | ");
    case "ref":
      return names.declared(type.id, position);
  }
}

function choiceText(choice: Choice, names: TypeNames): string {
  if (choice.enum && !choice.isPart) return names.typeOf(choice.enum);
  return choice.members.map((member) => memberText(choice, member, names)).join(" | ");
}

/** The type of one literal of a choice. */
export function memberText(choice: Choice, member: Member, names: TypeNames): string {
  if (!choice.enum || member.enumMember === undefined) return literalText(member.value);
  return enumMemberType(names.typeOf(choice.enum), member.enumMember);
}

function unionText(type: Union, names: TypeNames, position: Position): string {
  const arms = type.variants.map((variant) => {
    const tag = `${variant.mutable ? "" : "readonly "}${propertyKey(type.discriminant)}: ${tagText(variant, names)}`;
    return structText(variant.struct, names, position, { first: tag });
  });
  return arms.join(" | ");
}

/** The type of a variant's discriminant. */
export function tagText(variant: Variant, names: TypeNames): string {
  if (!variant.enum || variant.enumMember === undefined) return literalText(variant.tag);
  return enumMemberType(names.typeOf(variant.enum), variant.enumMember);
}

export interface StructTextOptions {
  /** One more property, written as it stands, before the others. */
  readonly first?: string;
  /** Leave `readonly` out: the type of a value under construction. */
  readonly mutable?: boolean;
}

/** `{ readonly a: string; readonly b?: number }` */
export function structText(
  { fields, absent = [] }: Struct,
  names: TypeNames,
  position: Position,
  options: StructTextOptions = {},
): string {
  const properties = fields.map((field) => {
    const optional = field.optional && field.type.kind === "maybe";
    const type = optional ? presentText(field.type, names, position) : typeText(field.type, names, position);
    return `${options.mutable || field.mutable ? "" : "readonly "}${propertyKey(field.name)}${optional ? "?" : ""}: ${type}`;
  });
  for (const { name, optional, mutable } of absent) {
    properties.push(
      `${options.mutable || mutable ? "" : "readonly "}${propertyKey(name)}${optional ? "?" : ""}: undefined`,
    );
  }
  const all = options.first === undefined ? properties : [options.first, ...properties];
  return all.length === 0 ? "object" : `{ ${all.join("; ")} }`;
}

function recordText(value: string, isMutable = false, isAlias = false): string {
  if (isAlias) return `{ ${isMutable ? "" : "readonly "}[key: string]: ${value} }`;
  return isMutable ? `Record<string, ${value}>` : `Readonly<Record<string, ${value}>>`;
}

/** The type of an optional property or element when it is there. */
function presentText(type: Maybe, names: TypeNames, position: Position): string {
  return maybeText(typeText(type.type, names, position), type.null, position === "parameter");
}

function maybeText(text: string, isNull: boolean, isUndefined: boolean): string {
  return `${text}${isNull ? " | null" : ""}${isUndefined ? " | undefined" : ""}`;
}

/** The text of a type where `[]` or `?` follows. */
export function elementText(text: string): string {
  return /^[\w$]+$/.test(text) ? text : `(${text})`;
}

function tupleText(type: Tuple, names: TypeNames, position: Position): string {
  const elements = type.elements.map((element, index) => {
    if (index < type.required || element.kind !== "maybe") return typeText(element, names, position);
    return `${elementText(presentText(element, names, position))}?`;
  });
  if (type.rest) elements.push(`...${elementText(typeText(type.rest, names, position))}[]`);
  for (const element of type.trailing ?? []) elements.push(typeText(element, names, position));
  return `${type.mutable ? "" : "readonly "}[${elements.join(", ")}]`;
}
