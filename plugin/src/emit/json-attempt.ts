// Functions that read a value from a JSON text as our own stringify writes it: `attemptX(c)`. Whatever else stands there
// makes the cursor odd, and the text is parsed by the functions of json-read.ts instead.
import { type Field, mayBeAbsent, type Struct, type Type, type Union, type Variant } from "@hewn/schema";
import { partHint } from "./binary-write.ts";
import type { CodecFile, DefineFunction, Shape } from "./codec-file.ts";
import { constructStruct } from "./construct.ts";
import { JsonConstants } from "./json-constants.ts";
import { readSuffix } from "./leaf.ts";
import { pascal } from "./names.ts";
import { localsOf } from "./properties.ts";

export const defineAttempt: DefineFunction = (file, shape, name) => {
  const { code } = file;
  const { type } = shape;
  const head = `${shape.exported ? "export " : ""}function ${name}(c: ${code.useType("JsonCursor")}): ${shape.text.result}`;
  code.block(head, () => {
    if (type.kind === "struct") return attemptStruct(file, type, shape);
    if (type.kind === "union") return attemptUnion(file, type, shape);
    code.line(`return ${take(file, type, "c", shape.name)};`);
  });
};

/** An expression that reads a value; `c` is an expression for the cursor, which is evaluated once. */
function take(file: CodecFile, type: Type, c: string, hint: string): string {
  const { code } = file;
  const resolved = file.resolve(type);
  const suffix = readSuffix(resolved);
  if (suffix) return `${code.use(`attempt${suffix as "U8"}`)}(${c})`;
  switch (resolved.kind) {
    case "choice": {
      const values = file.valuesOf(resolved, hint);
      return `${code.use("attemptLiteral")}(${c}, ${values}, ${file.textsOfValues(resolved, values, "jsonPieces")})`;
    }
    case "maybe": {
      const absent = resolved.null ? "null" : "undefined";
      return `${code.use("isNextNull")}(${c}) ? ${absent} : ${take(file, resolved.type, "c", hint)}`;
    }
    case "array":
      return `${code.use("attemptArray")}(${c}, ${elementReader(file, resolved.element, partHint(hint, "item"))})`;
    default:
      return `${file.functionFor("attempt", resolved, hint)}(${c})`;
  }
}

/** A function that reads an element: where one is called with nothing but the cursor, its name. */
function elementReader(file: CodecFile, element: Type, hint: string): string {
  const call = take(file, element, "c", hint);
  return /^[\w$]+\(c\)$/.test(call) ? call.slice(0, -3) : `(c) => ${call}`;
}

function attemptStruct(file: CodecFile, struct: Struct, shape: Shape): void {
  const { code } = file;
  const pieces = new JsonConstants(file, `${shape.name}Pieces`, "jsonPieces");
  const locals = localsOf(file, struct.fields, ["c", "value"]);
  struct.fields.forEach((field, index) => {
    const piece = pieces.add(`${index === 0 ? "{" : ","}${JSON.stringify(field.name)}:`);
    code.line(`const ${locals.get(field)} = ${fieldText(file, field, piece, shape.name)};`);
  });
  code.line(`${code.use("attemptEnd")}(c);`);
  constructStruct(file, struct, shape, (field) => locals.get(field)!);
}

function fieldText(file: CodecFile, field: Field, piece: string, shapeName: string): string {
  const { code } = file;
  const hint = partHint(shapeName, field.name);
  const { type } = field;
  if (!mayBeAbsent(field) || type.kind !== "maybe")
    return take(file, type, `${code.use("after")}(c, ${piece})`, hint);
  const inner = take(file, type.type, "c", hint);
  const present = type.null ? `(${code.use("isNextNull")}(c) ? null : ${inner})` : inner;
  return `${code.use("isNext")}(c, ${piece}) ? ${present} : undefined`;
}

function attemptUnion(file: CodecFile, union: Union, shape: Shape): void {
  const { code } = file;
  const pieces = new JsonConstants(file, `${shape.name}Pieces`, "jsonPieces");
  for (const variant of union.variants) {
    const tag = JSON.stringify({ [union.discriminant]: variant.tag }).slice(0, -1);
    const call = variantFunction(file, union, variant, shape);
    code.line(`if (${code.use("isNext")}(c, ${pieces.add(tag)})) return ${call}(c);`);
  }
  code.line(`return ${code.use("attemptFailed")}(c);`);
}

function variantFunction(file: CodecFile, union: Union, variant: Variant, shape: Shape): string {
  const { code } = file;
  const inner = { ...shape, name: `${shape.name}${pascal(String(variant.tag)) || "Variant"}` };
  const name = code.name(`attempt${inner.name}`);
  file.later(() => {
    code.block(`function ${name}(c: ${code.useType("JsonCursor")}): ${shape.text.result}`, () => {
      const { struct } = variant;
      const pieces =
        struct.fields.length > 0 ? new JsonConstants(file, `${inner.name}Pieces`, "jsonPieces") : undefined;
      const locals = localsOf(file, struct.fields, ["c", "value"]);
      for (const field of struct.fields) {
        const piece = pieces!.add(`,${JSON.stringify(field.name)}:`);
        code.line(`const ${locals.get(field)} = ${fieldText(file, field, piece, inner.name)};`);
      }
      code.line(`${code.use("attemptEnd")}(c);`);
      constructStruct(file, struct, inner, (field) => locals.get(field)!, { union, variant });
    });
  });
  return name;
}
