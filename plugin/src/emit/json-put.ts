// Functions that write a value as JSON straight to bytes: `putJsonX(w, p, value)` puts it at `p` and returns where it
// ended. They check what those of json-write.ts check, and put the texts of these for parts that they know nothing of.
import { type Field, mayBeAbsent, type Struct, type Type, type Union, type Variant } from "@hewn/schema";
import { assertion, guardIndex, partHint } from "./binary-write.ts";
import type { CodecFile, DefineFunction, Shape } from "./codec-file.ts";
import { JsonConstants } from "./json-constants.ts";
import { isPut } from "./json-put-rule.ts";
import { jsonText } from "./json-write.ts";
import { leafSuffix } from "./leaf.ts";
import { literalText } from "./literal.ts";
import { pascal } from "./names.ts";
import {
  canNarrow,
  hoistProperties,
  inProperty,
  KeyTrail,
  propertyOf,
  refuseExcluded,
} from "./properties.ts";
import { structText, tagText } from "./type-text.ts";
import { expectStruct } from "./weak-struct.ts";

export const definePutJson: DefineFunction = (file, shape, name) => {
  const { code } = file;
  const { type } = shape;
  const parameters = `w: ${code.useType("Writer")}, p: number, value: ${shape.text.parameter}`;
  code.block(`function ${name}(${parameters}): number`, () => {
    switch (type.kind) {
      case "struct":
        expectStruct(file, type, "value");
        return putFields(file, type, shape.name);
      case "union":
        return putUnion(file, type, shape);
      case "array":
        return putArray(file, type.element, shape.name);
      default:
        code.line(`return ${put(file, type, "p", "value", shape.name)};`);
    }
  });
};

const suffixes: ReadonlySet<string> = new Set([
  "Boolean",
  "F64",
  "I64",
  "U64",
  "I8",
  "I16",
  "I32",
  "U8",
  "U16",
  "U32",
  "Int",
  "String",
]);

/** An expression that puts `value` at `p` and gives the new `p`. */
function put(file: CodecFile, type: Type, p: string, value: string, hint: string): string {
  const { code } = file;
  const resolved = file.resolve(type);
  const suffix = leafSuffix(resolved);
  if (suffix !== undefined && suffixes.has(suffix))
    return `${code.use(`putJson${suffix as "U8"}`)}(w, ${p}, ${value})`;
  if (resolved.kind === "choice") {
    const values = file.valuesOf(resolved, hint);
    const texts = file.textsOfValues(resolved, values, "jsonTexts");
    const index = `${code.use("indexOfLiteral")}(${values}, ${value})`;
    return `${code.use("putConstant")}(w, ${p}, ${texts}[${index}]!)`;
  }
  if (isPut(file, resolved)) return `${file.functionFor("putJson", resolved, hint)}(w, ${p}, ${value})`;
  return `${code.use("putJsonText")}(w, ${p}, ${jsonText(file, resolved, value, hint)})`;
}

function putFields(
  file: CodecFile,
  struct: Struct,
  hint: string,
  arm?: { readonly union: Union; readonly variant: Variant },
): void {
  const { code } = file;
  refuseExcluded(file, struct);
  const values = hoistProperties(file, struct, ["w", "p", "key", "value", "error"]);
  const texts = new JsonConstants(file, `${hint}Texts`, "jsonTexts");
  const tag = arm && JSON.stringify({ [arm.union.discriminant]: arm.variant.tag }).slice(0, -1);
  if (struct.fields.length === 0) {
    code.line(`return ${code.use("putConstant")}(w, p, ${texts.add(`${tag}}`)});`);
    return;
  }
  const trail = new KeyTrail(
    file,
    struct.fields.map(({ name }) => name),
  );
  trail.guard(() => {
    const before = tag !== undefined && mayBeAbsent(struct.fields[0]!);
    if (before) code.line(`p = ${code.use("putConstant")}(w, p, ${texts.add(tag)});`);
    struct.fields.forEach((field, index) => {
      trail.at(field.name);
      const key = `${index === 0 ? (before ? "," : tag === undefined ? "{" : `${tag},`) : ","}${JSON.stringify(field.name)}:`;
      putField(file, field, values.get(field)!, texts.add(key), hint);
    });
    code.line(`return ${code.use("putObjectEnd")}(w, p);`);
  });
}

function putField(file: CodecFile, field: Field, value: string, key: string, hint: string): void {
  const { code } = file;
  const behind = `${code.use("putConstant")}(w, p, ${key})`;
  const part = partHint(hint, field.name);
  const { type } = field;
  if (!mayBeAbsent(field) || type.kind !== "maybe") {
    code.line(`p = ${put(file, type, behind, value, part)};`);
    return;
  }
  const present = type.null ? ({ ...type, undefined: false } as const) : type.type;
  code.line(`if (${value} !== undefined) p = ${put(file, present, behind, value, part)};`);
}

function putUnion(file: CodecFile, union: Union, shape: Shape): void {
  const { code } = file;
  code.line(`${code.use("expectObject")}(value);`);
  const narrows = canNarrow(union.discriminant);
  code.block(`switch (${propertyOf(file, "value", union.discriminant)})`, () => {
    for (const variant of union.variants) {
      const tag = tagText(variant, file.names);
      const literal = literalText(variant.tag);
      code.line(`case ${tag === literal ? tag : `${literal} as ${tag}`}:`);
      code.indented(() => code.line(`return ${variantCall(file, union, variant, shape.name, narrows)};`));
    }
    code.line("default:");
    code.indented(() =>
      code.line(`throw ${inProperty(file, `${code.use("unknownTag")}()`, union.discriminant)};`),
    );
  });
}

function variantCall(
  file: CodecFile,
  union: Union,
  variant: Variant,
  hint: string,
  narrows: boolean,
): string {
  const { code } = file;
  const inner = `${hint}${pascal(String(variant.tag)) || "Variant"}`;
  const name = code.name(`putJson${inner}`);
  const type = structText(variant.struct, file.names, "parameter");
  const isEmpty = variant.struct.fields.length === 0 && (variant.struct.absent ?? []).length === 0;
  file.later(() => {
    const value = isEmpty ? "" : `, value: ${type}`;
    code.block(`function ${name}(w: ${code.useType("Writer")}, p: number${value}): number`, () => {
      putFields(file, variant.struct, inner, { union, variant });
    });
  });
  return `${name}(w, p${isEmpty ? "" : narrows ? ", value" : `, value as ${type}`})`;
}

function putArray(file: CodecFile, element: Type, hint: string): void {
  const { code } = file;
  code.line(`${code.use("expectArray")}(value);`);
  code.line("let i = 0;");
  guardIndex(file, "i", () => {
    code.block("for (; i < value.length; i++)", () => {
      code.line(`const item = value[i]${assertion(file, element)};`);
      const behind = `${code.use("putElement")}(w, p, i)`;
      code.line(`p = ${put(file, element, behind, "item", partHint(hint, "item"))};`);
    });
  });
  code.line(`return ${code.use("putArrayEnd")}(w, p, i);`);
}
