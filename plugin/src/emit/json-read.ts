// Functions that turn what JSON.parse gave into a value of the type: `fromJsonX(json)`. A new object is built, so
// that unknown keys stay behind and every value has the same shape.
import {
  type Mixed,
  mayBeAbsent,
  type Struct,
  type Tuple,
  type Type,
  tupleLengths,
  type Union,
  type Variant,
} from "@hewn/schema";
import { mutableArray } from "./binary-read.ts";
import { forRest, guardIndex, partHint } from "./binary-write.ts";
import type { CodecFile, DefineFunction, Shape } from "./codec-file.ts";
import { type Arm, constructStruct, constructTuple } from "./construct.ts";
import { adding } from "./hashed.ts";
import { structCharge, tupleCharge } from "./json-heap.ts";
import { readSuffix } from "./leaf.ts";
import { leafArgument } from "./leaf-argument.ts";
import { isInherited, literalText, quote, quoteJson } from "./literal.ts";
import { jsonTest, planOf } from "./mixed.ts";
import { pascal } from "./names.ts";
import { KeyTrail, localsOf } from "./properties.ts";
import { typeText } from "./type-text.ts";

export const defineFromJson: DefineFunction = (file, shape, name) => {
  const { code } = file;
  const parameters = ["json: unknown", ...(shape.deep ? ["depth: number"] : [])];
  const head = `${shape.exported ? "export " : ""}function ${name}(${parameters.join(", ")}): ${shape.text.result}`;
  code.block(head, () => {
    if (shape.recursive) {
      code.line(`if (depth === 0) throw ${code.use("fromJsonTooDeep")}();`);
      code.line("depth--;");
    }
    fromJsonBody(file, shape);
  });
};

function fromJsonBody(file: CodecFile, shape: Shape): void {
  const { code } = file;
  const { type } = shape;
  switch (type.kind) {
    case "struct":
      if (type.fields.length === 0) code.line(`${code.use("fromJsonObject")}(json);`);
      else code.line(`const object = ${code.use("fromJsonObject")}(json);`);
      return fromJsonFields(file, type, shape);
    case "union":
      return fromJsonUnion(file, type, shape);
    case "mixed":
      return fromJsonMixed(file, type, shape.name);
    case "array":
      return fromJsonArray(file, type.element, shape.name);
    case "set":
      return fromJsonSet(file, type.element, shape.name);
    case "tuple":
      return fromJsonTuple(file, type, shape);
    case "map":
      return fromJsonMap(file, type.key, type.value, shape.name);
    case "record":
      return fromJsonRecord(file, type.value, shape.name);
    default:
      code.line(`return ${take(file, type, "json", shape.name)};`);
  }
}

/** An expression that converts `json`. Where `undefined` cannot be left out JSON says `null`. */
function take(file: CodecFile, type: Type, json: string, hint: string): string {
  const { code } = file;
  const resolved = file.resolve(type);
  const suffix = readSuffix(resolved);
  if (suffix) return `${code.use(`fromJson${suffix}`)}(${json}${leafArgument(file, resolved, hint)})`;
  switch (resolved.kind) {
    case "choice":
      return `${code.use("fromJsonLiteral")}(${file.valuesOf(resolved, hint)}, ${json})`;
    case "maybe":
      return `${json} === null ? ${resolved.null ? "null" : "undefined"} : ${take(file, resolved.type, json, hint)}`;
    default:
      return file.call("fromJson", resolved, hint, [json]);
  }
}

/** A property of the parsed object; its prototype's properties are not the sender's. */
function member(file: CodecFile, name: string): string {
  return isInherited(name) ? `${file.code.use("own")}(object, ${quote(name)})` : `object[${quote(name)}]`;
}

function fromJsonFields(file: CodecFile, struct: Struct, shape: Shape, arm?: Arm): void {
  const { code } = file;
  const unsaid = structCharge(struct);
  if (unsaid > 0) code.line(`${code.use("fromJsonCharge")}(${unsaid});`);
  const locals = localsOf(file, struct.fields, ["json", "object", "key", "value", "depth", "error"]);
  const finish = () => constructStruct(file, struct, shape, (field) => locals.get(field)!, arm);
  if (struct.fields.length === 0) return finish();
  const names = struct.fields.map((field) => field.name);
  const trail = new KeyTrail(file, names);
  trail.guard(() => {
    for (const field of struct.fields) {
      trail.at(field.name);
      const json = member(file, field.name);
      const hint = partHint(shape.name, field.name);
      code.line(
        `const ${locals.get(field)} = ${fieldText(file, field.type, mayBeAbsent(field), json, hint)};`,
      );
    }
    finish();
  });
}

function fieldText(file: CodecFile, type: Type, absent: boolean, json: string, hint: string): string {
  if (!absent || type.kind !== "maybe") return take(file, type, json, hint);
  const inner = take(file, type.type, json, hint);
  const present = type.null ? `${json} === null ? null : ${inner}` : inner;
  return `${json} === undefined ? undefined : ${present}`;
}

function fromJsonUnion(file: CodecFile, union: Union, shape: Shape): void {
  const { code } = file;
  code.line(`const object = ${code.use("fromJsonObject")}(json);`);
  const tag = member(file, union.discriminant);
  code.block(`switch (${tag})`, () => {
    for (const variant of union.variants) {
      code.line(`case ${literalText(variant.tag)}:`);
      code.indented(() => code.line(`return ${fromJsonVariantCall(file, union, variant, shape)};`));
    }
    code.line("default:");
    const error = code.use("fromJsonUnknownVariant");
    code.indented(() => code.line(`throw ${error}(${quote(union.discriminant)}, ${tag});`));
  });
}

function fromJsonVariantCall(file: CodecFile, union: Union, variant: Variant, shape: Shape): string {
  const { code } = file;
  const name = code.name(`fromJson${shape.name}${pascal(String(variant.tag)) || "Variant"}`);
  const deep = variant.struct.fields.some((field) => file.needsDepth(field.type));
  const empty = variant.struct.fields.length === 0;
  file.later(() => {
    const parameters = empty ? [] : ["object: Readonly<Record<string, unknown>>"];
    if (deep) parameters.push("depth: number");
    const inner = { ...shape, name: `${shape.name}${pascal(String(variant.tag))}` };
    code.block(`function ${name}(${parameters.join(", ")}): ${shape.text.result}`, () => {
      fromJsonFields(file, variant.struct, inner, { union, variant });
    });
  });
  return `${name}(${[...(empty ? [] : ["object"]), ...(deep ? ["depth"] : [])].join(", ")})`;
}

function fromJsonMixed(file: CodecFile, mixed: Mixed, hint: string): void {
  const { code } = file;
  const plan = planOf(file, mixed);
  for (const arm of plan.arms) {
    code.line(
      `if (${jsonTest(file, arm, "json")}) return ${take(file, arm.type, "json", partHint(hint, arm.json[0] ?? ""))};`,
    );
  }
  code.line(`throw ${code.use("jsonWrongType")}(${quoteJson(plan.expected)}, json);`);
}

function fromJsonArray(file: CodecFile, element: Type, hint: string): void {
  const { code } = file;
  code.line(`const array = ${code.use("fromJsonArray")}(json);`);
  // Arrays that are pushed to keep room for more.
  code.line(`const items: ${mutableArray(file, element)} = new Array(array.length);`);
  code.line("let i = 0;");
  guardIndex(file, "i", () => {
    code.block("for (; i < array.length; i++)", () => {
      code.line("const item = array[i];");
      code.line(`items[i] = ${take(file, element, "item", partHint(hint, "item"))};`);
    });
  });
  code.line("return items;");
}

function fromJsonSet(file: CodecFile, element: Type, hint: string): void {
  const { code } = file;
  code.line(`const array = ${code.use("fromJsonElements")}(json);`);
  code.line(`const items = new Set<${typeText(element, file.names, "result")}>();`);
  const add = adding(file, element, ["fromJsonAddElement", "fromJsonAddHashed"], "array.length");
  code.line("let i = 0;");
  guardIndex(file, "i", () => {
    code.block("for (; i < array.length; i++)", () => {
      code.line("const item = array[i];");
      const value = take(file, element, "item", partHint(hint, "item"));
      code.line(`${add}, ${value});`);
    });
  });
  code.line("return items;");
}

function fromJsonTuple(file: CodecFile, tuple: Tuple, shape: Shape): void {
  const { code } = file;
  const { elements, required, rest, trailing = [] } = tuple;
  const { least, most } = tupleLengths(tuple);
  const header = `${code.use("fromJsonTuple")}(json, ${least}, ${most});`;
  code.line(most > 0 ? `const array = ${header}` : header);
  const grown = tupleCharge(tuple);
  if (grown > 0) code.line(`if (array.length > ${least}) ${code.use("fromJsonCharge")}(${grown});`);
  if (rest) code.line("const n = array.length;");
  code.line("let i = 0;");
  const hint = (part: string) => partHint(shape.name, part);
  guardIndex(file, "i", () => {
    const values = elements.map((element, index) => {
      if (index > 0) code.line(`i = ${index};`);
      const value = take(file, element, `array[${index}]`, hint(`item${index}`));
      const cutOff = index < required ? "" : `array.length <= ${index} || `;
      code.line(`const item${index} = ${cutOff}${value};`);
      return `item${index}`;
    });
    if (rest) code.line(`const rest: ${mutableArray(file, rest)} = [];`);
    forRest(file, tuple, (type) => {
      code.line("const item = array[i];");
      code.line(`rest.push(${take(file, type, "item", hint("item"))});`);
    });
    const last = trailing.map((element, index) => {
      code.line(`i = n - ${trailing.length - index};`);
      code.line(`const last${index} = ${take(file, element, "array[i]", hint(`last${index}`))};`);
      return `last${index}`;
    });
    constructTuple(file, tuple, values, last);
  });
}

function fromJsonMap(file: CodecFile, key: Type, value: Type, hint: string): void {
  const { code } = file;
  const text = (type: Type) => typeText(type, file.names, "result");
  const items = `const items = new Map<${text(key)}, ${text(value)}>();`;
  if (file.resolve(key).kind === "string") {
    code.line(`const object = ${code.use("fromJsonObject")}(json);`);
    code.line(items);
    code.line(`const keys = ${code.use("fromJsonMapKeys")}(object);`);
    code.line('let key = "";');
    guardIndex(file, "key", () => {
      code.block("for (key of keys)", () => {
        code.line("const item = object[key];");
        code.line(`items.set(key, ${take(file, value, "item", partHint(hint, "value"))});`);
      });
    });
    return code.line("return items;");
  }
  code.line(`const array = ${code.use("fromJsonEntries")}(json);`);
  code.line(items);
  const add = adding(file, key, ["fromJsonAddEntry", "fromJsonAddHashedEntry"], "array.length");
  code.line("let i = 0;");
  guardIndex(file, "i", () => {
    code.block("for (; i < array.length; i++)", () => {
      code.line(`const pair = ${code.use("fromJsonTuple")}(array[i], 2, 2);`);
      code.line(`const key = ${take(file, key, "pair[0]", partHint(hint, "key"))};`);
      const item = take(file, value, "pair[1]", partHint(hint, "value"));
      code.line(`${add}, key, ${item});`);
    });
  });
  code.line("return items;");
}

function fromJsonRecord(file: CodecFile, value: Type, hint: string): void {
  const { code } = file;
  code.line(`const object = ${code.use("fromJsonObject")}(json);`);
  code.line(`const items: Record<string, ${typeText(value, file.names, "result")}> = {};`);
  code.line(`const keys = ${code.use("fromJsonKeys")}(object);`);
  code.line('let key = "";');
  guardIndex(file, "key", () => {
    code.block("for (key of keys)", () => {
      code.line("const item = object[key];");
      const taken = take(file, value, "item", partHint(hint, "value"));
      code.line(`${code.use("fromJsonSetKey")}(items, key, ${taken});`);
    });
  });
  code.line("return items;");
}
