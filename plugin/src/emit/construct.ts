// The end of a reading function: the object made of what was read.
import type { Field, Struct, Tuple, Union, Variant } from "@hewn/schema";
import type { CodecFile, Shape } from "./codec-file.ts";
import { isInherited, literalText, property, propertyKey, quote } from "./literal.ts";
import { structText, tagText, typeText } from "./type-text.ts";

export interface Arm {
  readonly union: Union;
  readonly variant: Variant;
}

/**
 * Emits `return { ... }`. Optional keys that are absent are left out, as `exactOptionalPropertyTypes` demands.
 * @param valueOf the expression that holds a field
 */
export function constructStruct(
  file: CodecFile,
  struct: Struct,
  shape: Shape,
  valueOf: (field: Field) => string,
  arm?: Arm,
): void {
  const { code } = file;
  const always = struct.fields.filter((field) => !field.optional);
  const optional = struct.fields.filter((field) => field.optional);
  const properties = always.map((field) => initializer(field.name, valueOf(field)));
  for (const { name, optional } of struct.absent ?? [])
    if (!optional) properties.push(initializer(name, "undefined"));
  if (arm) properties.splice(tagIndex(struct, arm.variant), 0, tagInitializer(file, arm));
  const literal = properties.length === 0 ? "{}" : `{ ${properties.join(", ")} }`;
  const isHidden = [...optional, ...(struct.absent ?? [])].some(({ name }) => isInherited(name));
  if (optional.length === 0 && !isHidden) return code.line(`return ${literal};`);
  const text = mutableText(file, struct, shape, arm);
  // A literal inherits such a property from Object with another type: TypeScript must be told.
  const cast = isHidden ? ` as unknown as ${text}` : "";
  code.line(`const value: ${text} = ${literal}${cast};`);
  for (const field of optional) {
    code.line(`if (${valueOf(field)} !== undefined) ${assignment(file, field.name, valueOf(field))};`);
  }
  code.line("return value;");
}

/** What every object inherits cannot be assigned where its prototype is frozen. */
function assignment(file: CodecFile, name: string, value: string): string {
  if (isInherited(name)) return `${file.code.use("defineOwn")}(value, ${quote(name)}, ${value})`;
  return `${property("value", name)} = ${value}`;
}

/**
 * Emits `return [...]`; optional elements that are absent are left out. Of a tuple with a rest, `rest` has what stands
 * between `values` and `last`, and `n` is how many elements there are.
 */
export function constructTuple(
  file: CodecFile,
  tuple: Tuple,
  values: readonly string[],
  last: readonly string[] = [],
): void {
  const { code } = file;
  const { elements, required, rest } = tuple;
  const all = values.map((value, index) => (index < required ? value : `${value}!`));
  if (rest && required === elements.length)
    return code.line(`return [${[...all, "...rest", ...last].join(", ")}];`);
  if (rest) code.line(`if (n > ${elements.length}) return [${[...all, "...rest"].join(", ")}];`);
  const literal = `[${values.slice(0, required).join(", ")}]`;
  if (values.length === required) return code.line(`return ${literal};`);
  const leading = { kind: "tuple", elements, required, mutable: true } as const;
  code.line(`const items: ${typeText(leading, file.names, "result")} = ${literal};`);
  values.slice(required).forEach((value, index) => {
    code.line(`if (${value} !== undefined) items[${required + index}] = ${value};`);
  });
  code.line("return items;");
}

/** The tag stands where it was declared, counted among the keys that are always there. */
function tagIndex(struct: Struct, variant: Variant): number {
  return struct.fields.slice(0, variant.tagPosition).filter((field) => !field.optional).length;
}

function initializer(name: string, value: string): string {
  return name === value && name !== "__proto__" ? value : `${propertyKey(name)}: ${value}`;
}

function tagInitializer(file: CodecFile, arm: Arm): string {
  const literal = literalText(arm.variant.tag);
  const type = tagText(arm.variant, file.names);
  const isPlain = type === literal && !misleads(arm.union);
  return `${propertyKey(arm.union.discriminant)}: ${isPlain ? literal : `${literal} as ${type}`}`;
}

/**
 * An optional property with the name of one that objects inherit leads TypeScript to the wrong variant: it takes the
 * inherited property of the others for theirs, and the tag for any number.
 */
function misleads({ variants }: Union): boolean {
  return variants.some(({ struct }) =>
    struct.fields.some(({ name, optional }) => optional && isInherited(name)),
  );
}

/** A name keeps the text short; anonymous types and variants are spelled out. */
function mutableText(file: CodecFile, struct: Struct, shape: Shape, arm: Arm | undefined): string {
  if (!arm && /^[\w$]+$/.test(shape.text.result))
    return `${file.code.useType("Mutable")}<${shape.text.result}>`;
  const first = arm && `${propertyKey(arm.union.discriminant)}: ${tagText(arm.variant, file.names)}`;
  return structText(struct, file.names, "result", { mutable: true, ...(first ? { first } : {}) });
}
