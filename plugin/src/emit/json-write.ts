// Functions that write a value as JSON text: `jsonX(value)`. Ranges and depth are checked as in the binary format.
import {
  type Field,
  type Mixed,
  mayBeAbsent,
  type Struct,
  type Tuple,
  type Type,
  type Union,
  type Variant,
} from "@hewn/schema";
import {
  assertion,
  castIndex,
  expectTuple,
  forEntries,
  forRest,
  guardIndex,
  partHint,
} from "./binary-write.ts";
import type { CodecFile, DefineFunction, Shape } from "./codec-file.ts";
import { leafSuffix, packedSuffix } from "./leaf.ts";
import { leafArgument } from "./leaf-argument.ts";
import { isIdentifier, isInherited, literalText, quoteJson } from "./literal.ts";
import { narrowed, planOf, valueTest } from "./mixed.ts";
import { pascal } from "./names.ts";
import {
  canNarrow,
  hoistProperties,
  inProperty,
  isWithoutProperties,
  KeyTrail,
  propertyOf,
  refuseExcluded,
} from "./properties.ts";
import { structText, tagText } from "./type-text.ts";
import { expectStruct } from "./weak-struct.ts";

export const defineJson: DefineFunction = (file, shape, name) => {
  const { code } = file;
  const parameters = [`value: ${shape.text.parameter}`];
  if (shape.deep) parameters.push("depth: number");
  code.block(`${shape.exported ? "export " : ""}function ${name}(${parameters.join(", ")}): string`, () => {
    if (shape.recursive) {
      code.line(`if (depth === 0) throw ${code.use("encodeTooDeep")}();`);
      code.line("depth--;");
    }
    jsonBody(file, shape);
  });
};

function jsonBody(file: CodecFile, shape: Shape): void {
  const { type } = shape;
  switch (type.kind) {
    case "struct":
      expectStruct(file, type, "value");
      return jsonFields(file, type, shape.name);
    case "union":
      return jsonUnion(file, type, shape.name);
    case "mixed":
      return jsonMixed(file, type, shape.name);
    case "array":
      if (packedSuffix(type) === "F64Array") break;
      return jsonSequence(file, type.element, shape.name, "array");
    case "set":
      return jsonSequence(file, file.identity(type.element), shape.name, "set");
    case "tuple":
      return jsonTuple(file, type, shape.name);
    case "map":
      return jsonMap(file, file.identity(type.key), type.value, shape.name);
    case "record":
      return jsonRecord(file, type.value, shape.name);
  }
  file.code.line(`return ${jsonText(file, type, "value", shape.name)};`);
}

/** An expression for the JSON text of `value`. Where `undefined` cannot be left out it is `null`. */
export function jsonText(file: CodecFile, type: Type, value: string, hint: string): string {
  const { code } = file;
  const resolved = file.resolve(type);
  if (packedSuffix(resolved) === "F64Array") return `${code.use("jsonF64Array")}(${value})`;
  const suffix = leafSuffix(resolved);
  if (suffix) return `${code.use(`json${suffix}`)}(${value}${leafArgument(file, resolved, hint)})`;
  switch (resolved.kind) {
    case "choice":
      return `${code.use("jsonLiteral")}(${file.valuesOf(resolved, hint)}, ${value})`;
    case "maybe": {
      const absent = [...(resolved.null ? ["null"] : []), ...(resolved.undefined ? ["undefined"] : [])];
      const test = absent.map((literal) => `${value} === ${literal}`).join(" || ");
      return `${test} ? "null" : ${jsonText(file, resolved.type, value, hint)}`;
    }
    default:
      return file.call("json", resolved, hint, [value]);
  }
}

/** One property of an object: the constant text in front of its value, and whether it can be missing. */
interface Property {
  readonly name: string;
  readonly value: string;
  /** The expression that is `undefined` when the property is left out. */
  readonly omitted?: string;
}

function jsonFields(
  file: CodecFile,
  struct: Struct,
  hint: string,
  arm?: { union: Union; variant: Variant },
): void {
  const { code } = file;
  refuseExcluded(file, struct);
  const values = hoistProperties(file, struct, ["text", "key", "value", "depth", "error"]);
  const properties = struct.fields.map((field) => fieldProperty(file, field, values.get(field)!, hint));
  if (arm) {
    const tag = quoteJson(JSON.stringify(arm.variant.tag));
    properties.splice(arm.variant.tagPosition, 0, { name: arm.union.discriminant, value: tag });
  }
  const fieldNames = struct.fields.map((field) => field.name);
  if (arm === undefined && isAllFloats(file, struct)) {
    const arrays = struct.fields.map((field) => `${field.name}: ${values.get(field)}`);
    code.line(`const plain = ${code.use("jsonF64Fields")}({ ${arrays.join(", ")} });`);
    code.line("if (plain !== undefined) return plain;");
  }
  if (fieldNames.length === 0) return code.line(`return ${concatenated(properties)};`);
  const trail = new KeyTrail(file, fieldNames);
  trail.guard(() => objectText(file, properties, trail, new Set(fieldNames)));
}

/** Whether a struct has arrays of `f64` and nothing else: the engine writes it at once. */
export function isAllFloats(file: CodecFile, { fields }: Struct): boolean {
  const isArray = ({ name, type }: Field) =>
    packedSuffix(file.resolve(type)) === "F64Array" && isIdentifier(name) && !isInherited(name);
  return fields.length > 0 && fields.every(isArray);
}

function fieldProperty(file: CodecFile, field: Field, value: string, hint: string): Property {
  const part = partHint(hint, field.name);
  if (!mayBeAbsent(field) || field.type.kind !== "maybe") {
    return { name: field.name, value: wrap(jsonText(file, field.type, value, part)) };
  }
  const inner = jsonText(file, field.type.type, value, part);
  const present = field.type.null ? `(${value} === null ? "null" : ${inner})` : inner;
  return { name: field.name, value: present, omitted: value };
}

/** Conditional expressions need parentheses inside a concatenation. */
function wrap(expression: string): string {
  return expression.includes(" ? ") ? `(${expression})` : expression;
}

/** `{"name":` or `,"name":` as a string literal. */
function keyText(before: string, name: string): string {
  return quoteJson(`${before}${JSON.stringify(name)}:`);
}

function concatenated(properties: readonly Property[]): string {
  const parts = properties.map(
    (property, i) => `${keyText(i === 0 ? "{" : ",", property.name)} + ${property.value}`,
  );
  return parts.length === 0 ? '"{}"' : `${parts.join(" + ")} + "}"`;
}

/** Statements that build the object's text. While nothing certain stands in front, every property brings a comma. */
function objectText(
  file: CodecFile,
  properties: readonly Property[],
  trail: KeyTrail,
  noted: ReadonlySet<string>,
): void {
  const { code } = file;
  const opened = properties[0]?.omitted === undefined;
  if (!opened) code.line('let text = "";');
  for (const [index, property] of properties.entries()) {
    if (noted.has(property.name)) trail.at(property.name);
    const opens = opened && index === 0;
    const value = `${keyText(opens ? "{" : ",", property.name)} + ${property.value}`;
    const guard = property.omitted === undefined ? "" : `if (${property.omitted} !== undefined) `;
    code.line(opens ? `let text = ${value};` : `${guard}text += ${value};`);
  }
  code.line(opened ? 'return text + "}";' : 'return "{" + text.slice(1) + "}";');
}

function jsonUnion(file: CodecFile, union: Union, hint: string): void {
  const { code } = file;
  code.line(`${code.use("expectObject")}(value);`);
  const narrows = canNarrow(union.discriminant);
  code.block(`switch (${propertyOf(file, "value", union.discriminant)})`, () => {
    for (const variant of union.variants) {
      const tag = tagText(variant, file.names);
      const literal = literalText(variant.tag);
      code.line(`case ${tag === literal ? tag : `${literal} as ${tag}`}:`);
      code.indented(() => code.line(`return ${jsonVariantCall(file, union, variant, hint, narrows)};`));
    }
    code.line("default:");
    code.indented(() =>
      code.line(`throw ${inProperty(file, `${code.use("unknownTag")}()`, union.discriminant)};`),
    );
  });
}

function jsonVariantCall(
  file: CodecFile,
  union: Union,
  variant: Variant,
  hint: string,
  narrows: boolean,
): string {
  const { code } = file;
  if (isWithoutProperties(variant.struct)) {
    return quoteJson(JSON.stringify({ [union.discriminant]: variant.tag }));
  }
  const name = code.name(`json${hint}${pascal(String(variant.tag)) || "Variant"}`);
  const deep = variant.struct.fields.some((field) => file.needsDepth(field.type));
  const type = structText(variant.struct, file.names, "parameter");
  file.later(() => {
    const parameters = [`value: ${type}`];
    if (deep) parameters.push("depth: number");
    code.block(`function ${name}(${parameters.join(", ")}): string`, () => {
      jsonFields(file, variant.struct, `${hint}${pascal(String(variant.tag))}`, { union, variant });
    });
  });
  return `${name}(${narrows ? "value" : `value as ${type}`}${deep ? ", depth" : ""})`;
}

function jsonMixed(file: CodecFile, mixed: Mixed, hint: string): void {
  const { code } = file;
  const plan = planOf(file, mixed);
  for (const arm of plan.arms) {
    const own = narrowed(file, plan.objects, arm, "value", "parameter");
    const value = arm.finite ? `${code.use("expectFinite")}(${own})` : own;
    code.line(
      `if (${valueTest(file, arm, "value")}) return ${jsonText(file, arm.type, value, partHint(hint, arm.json[0] ?? ""))};`,
    );
  }
  code.line(`throw ${code.use("wrongValue")}(${quoteJson(plan.expected)}, value);`);
}

function jsonSequence(file: CodecFile, element: Type, hint: string, kind: "array" | "set"): void {
  const { code } = file;
  code.line(`${code.use(kind === "array" ? "expectArray" : "expectSet")}(value);`);
  code.line('let text = "";');
  code.line("let i = 0;");
  const item = wrap(jsonText(file, element, "item", partHint(hint, "item")));
  guardIndex(file, "i", () => {
    if (kind === "array") {
      code.block("for (; i < value.length; i++)", () => {
        code.line(`const item = value[i]${assertion(file, element)};`);
        code.line(`text += (i > 0 ? "," : "") + ${item};`);
      });
    } else {
      code.block("for (const item of value)", () => {
        code.line(`text += (i > 0 ? "," : "") + ${item};`);
        code.line("i++;");
      });
    }
  });
  if (kind === "set") sizeCheck(file);
  code.line('return "[" + text + "]";');
}

/** A set or map whose size is not what it gave would make a text that nobody takes. */
function sizeCheck({ code }: CodecFile): void {
  code.line(`if (i !== value.size) throw ${code.use("changed")}();`);
}

function jsonTuple(file: CodecFile, tuple: Tuple, hint: string): void {
  const { code } = file;
  const { elements, required, trailing = [] } = tuple;
  expectTuple(file, tuple);
  code.line('let text = "";');
  code.line("let i = 0;");
  const add = (type: Type, item: string, read: string, comma: string) => {
    code.line(`const ${item} = ${read};`);
    code.line(`text += ${comma}${wrap(jsonText(file, type, item, partHint(hint, item)))};`);
  };
  // Behind a leading element there is always something to part.
  const comma = elements.length > 0 ? '"," + ' : '(i > 0 ? "," : "") + ';
  guardIndex(file, "i", () => {
    elements.forEach((element, index) => {
      const statements = () => {
        if (index > 0) code.line(`i = ${index};`);
        add(element, `item${index}`, `value[${index}]`, index > 0 ? '"," + ' : "");
      };
      if (index < required) statements();
      else code.block(`if (n > ${index})`, statements);
    });
    forRest(file, tuple, (rest) => add(rest, "item", castIndex(file, rest, "value[i]", "parameter"), comma));
    trailing.forEach((element, index) => {
      code.line(`i = n - ${trailing.length - index};`);
      add(element, `last${index}`, castIndex(file, element, "value[i]", "parameter"), comma);
    });
  });
  code.line('return "[" + text + "]";');
}

function jsonMap(file: CodecFile, key: Type, value: Type, hint: string): void {
  const { code } = file;
  const isObject = file.resolve(key).kind === "string";
  code.line(`${code.use("expectMap")}(value);`);
  code.line('let text = "";');
  forEntries(file, key, () => {
    const itemText = wrap(jsonText(file, value, "item", partHint(hint, "value")));
    const keyText = isObject
      ? `${code.use("jsonString")}(name)`
      : wrap(jsonText(file, key, "name", partHint(hint, "key")));
    const entry = isObject ? `${keyText} + ":" + ${itemText}` : `"[" + ${keyText} + "," + ${itemText} + "]"`;
    code.line(`text += (text === "" ? "" : ",") + ${entry};`);
  });
  if (!isObject) sizeCheck(file);
  code.line(isObject ? 'return "{" + text + "}";' : 'return "[" + text + "]";');
}

function jsonRecord(file: CodecFile, value: Type, hint: string): void {
  const { code } = file;
  code.line(`const keys = ${code.use("recordKeys")}(value);`);
  code.line('let text = "";');
  code.line('let key = "";');
  guardIndex(file, "key", () => {
    code.block("for (key of keys)", () => {
      code.line(`const item = value[key]${assertion(file, value)};`);
      const item = wrap(jsonText(file, value, "item", partHint(hint, "value")));
      code.line(`text += (text === "" ? "" : ",") + ${code.use("jsonKey")}(key) + ":" + ${item};`);
    });
  });
  code.line('return "{" + text + "}";');
}
