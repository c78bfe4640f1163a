// Functions that say where and why a value is not of the type: `mismatchX(value)` gives `undefined` when it is.
// They accept exactly what the encoders accept.
import {
  type Mixed,
  type Struct,
  shownLiteral,
  type Tuple,
  type Type,
  tupleLengths,
  type Union,
} from "@hewn/schema";
import { partHint } from "./binary-write.ts";
import type { CodecFile, DefineFunction, Shape } from "./codec-file.ts";
import { leafSuffix } from "./leaf.ts";
import { leafArgument } from "./leaf-argument.ts";
import { isInherited, isPlainInPaths, literalText, quote, quoteJson } from "./literal.ts";
import { planOf, valueTest } from "./mixed.ts";
import { pascal } from "./names.ts";
import { isUnlike } from "./weak-struct.ts";

export const defineMismatch: DefineFunction = (file, shape, name) => {
  const { code } = file;
  const result = `${code.useType("Mismatch")} | undefined`;
  const parameters = ["value: unknown", ...(shape.deep ? ["depth: number"] : [])];
  code.block(
    `${shape.exported ? "export " : ""}function ${name}(${parameters.join(", ")}): ${result}`,
    () => {
      if (shape.recursive) {
        code.line(`if (depth === 0) return ${code.use("mismatch")}("less nesting");`);
        code.line("depth--;");
      }
      mismatchBody(file, shape);
    },
  );
};

function mismatchBody(file: CodecFile, shape: Shape): void {
  const { code } = file;
  const { type } = shape;
  const refuse = (expected: string) => `return ${code.use("mismatch")}(${quote(expected)});`;
  switch (type.kind) {
    case "struct":
      code.line(`if (!${code.use("isObject")}(value)) ${refuse(`an object (${shape.name})`)}`);
      refuseUnlike(file, type, refuse(`an object (${shape.name})`));
      return fieldChecks(file, type, shape.name);
    case "union":
      code.line(`if (!${code.use("isObject")}(value)) ${refuse(`an object (${shape.name})`)}`);
      return unionChecks(file, type, shape.name);
    case "mixed":
      return armChecks(file, type, shape.name);
    case "array":
    case "set":
      if (type.kind === "array") code.line(`if (!Array.isArray(value)) ${refuse("an array")}`);
      else code.line(`if (!${code.use("isSet")}(value)) ${refuse("a Set")}`);
      return elementChecks(
        file,
        type.kind === "set" ? file.identity(type.element) : type.element,
        shape.name,
      );
    case "tuple":
      return tupleChecks(file, type, shape.name);
    case "map":
      code.line(`if (!${code.use("isMap")}(value)) ${refuse("a Map")}`);
      return entryChecks(file, file.identity(type.key), type.value, shape.name);
    case "record":
      code.line(`if (!${code.use("isRecord")}(value)) ${refuse("a record")}`);
      return recordChecks(file, type.value, shape.name);
    default:
      return code.line(`return ${check(file, type, "value", shape.name)};`);
  }
}

function refuseUnlike(file: CodecFile, struct: Struct, refusal: string): void {
  const unlike = isUnlike(file, struct, "value");
  if (unlike !== undefined) file.code.line(`if (${unlike}) ${refusal}`);
}

/** An expression that is `undefined` when `value` is of the type. */
function check(file: CodecFile, type: Type, value: string, hint: string): string {
  const { code } = file;
  const resolved = file.resolve(type);
  const suffix = leafSuffix(resolved);
  if (suffix) return `${code.use(`check${suffix}`)}(${value}${leafArgument(file, resolved, hint)})`;
  switch (resolved.kind) {
    case "choice":
      return `${code.use("checkLiteral")}(${file.valuesOf(resolved, hint)}, ${value})`;
    case "maybe": {
      const absent = [...(resolved.undefined ? ["undefined"] : []), ...(resolved.null ? ["null"] : [])];
      const test = absent.map((literal) => `${value} === ${literal}`).join(" || ");
      return `${test} ? undefined : ${check(file, resolved.type, value, hint)}`;
    }
    default:
      return file.call("mismatch", resolved, hint, [value]);
  }
}

function inside(file: CodecFile, found: string, key: string): string {
  return `${file.code.use("inside")}(${found}, ${key})`;
}

function insideField(file: CodecFile, found: string, name: string): string {
  return `${file.code.use(isPlainInPaths(name) ? "insideField" : "inside")}(${found}, ${quote(name)})`;
}

function member(file: CodecFile, name: string): string {
  return isInherited(name) ? `${file.code.use("own")}(value, ${quote(name)})` : `value[${quote(name)}]`;
}

function fieldChecks(file: CodecFile, struct: Struct, hint: string): void {
  const checks = struct.fields.map((field) => {
    return insideField(
      file,
      check(file, field.type, member(file, field.name), partHint(hint, field.name)),
      field.name,
    );
  });
  for (const { name } of struct.absent ?? []) {
    const found = `${member(file, name)} === undefined ? undefined : ${file.code.use("mismatch")}("undefined")`;
    checks.push(insideField(file, found, name));
  }
  returnFirst(file, checks);
}

/** Emits a `return` of the first mismatch that one of the expressions gives. */
function returnFirst(file: CodecFile, checks: readonly string[]): void {
  const { code } = file;
  if (checks.length < 2) return code.line(`return ${checks[0] ?? "undefined"};`);
  code.line("return (");
  code.indented(() => {
    for (const [index, found] of checks.entries())
      code.line(index === checks.length - 1 ? found : `${found} ??`);
  });
  code.line(");");
}

function unionChecks(file: CodecFile, union: Union, hint: string): void {
  const { code } = file;
  const tags = union.variants.map((variant) => shownLiteral(variant.tag)).join(" | ");
  code.block(`switch (${member(file, union.discriminant)})`, () => {
    for (const variant of union.variants) {
      const part = `${hint}${pascal(String(variant.tag))}`;
      code.line(`case ${literalText(variant.tag)}:`);
      code.indented(() => fieldChecks(file, variant.struct, part));
    }
    code.line("default:");
    const found = `${code.use("mismatch")}(${quote(tags)})`;
    code.indented(() => code.line(`return ${insideField(file, found, union.discriminant)};`));
  });
}

function armChecks(file: CodecFile, mixed: Mixed, hint: string): void {
  const { code } = file;
  const plan = planOf(file, mixed);
  for (const arm of plan.arms) {
    code.line(
      `if (${valueTest(file, arm, "value")}) return ${check(file, arm.type, "value", partHint(hint, arm.json[0] ?? ""))};`,
    );
  }
  code.line(`return ${code.use("mismatch")}(${quoteJson(plan.expected)});`);
}

/** Emits the loop that leaves with the first mismatch among the items of `value`. */
function elementChecks(file: CodecFile, element: Type, hint: string): void {
  const { code } = file;
  code.line("let i = 0;");
  code.block("for (const item of value as Iterable<unknown>)", () => {
    code.line(`const found = ${check(file, element, "item", partHint(hint, "item"))};`);
    code.line(`if (found !== undefined) return ${inside(file, "found", "i")};`);
    code.line("i++;");
  });
  code.line("return undefined;");
}

function tupleChecks(file: CodecFile, tuple: Tuple, hint: string): void {
  const { code } = file;
  const { elements, rest, trailing = [] } = tuple;
  const { least, most } = tupleLengths(tuple);
  const lengths = [
    ...(least > 0 ? [`value.length < ${least}`] : []),
    ...(rest ? [] : [`value.length > ${most}`]),
  ];
  const tests = least === most ? [`value.length !== ${least}`] : lengths;
  const expected = rest ? `${least} or more` : least === most ? `${least}` : `${least} to ${most}`;
  code.line(
    `if (${["!Array.isArray(value)", ...tests].join(" || ")}) return ${code.use("mismatch")}("an array of ${expected} elements");`,
  );
  if (most === 0) return code.line("return undefined;");
  code.line("const items: readonly unknown[] = value;");
  const checks = elements.map((element, index) => {
    const found = check(file, element, `items[${index}]`, partHint(hint, `item${index}`));
    return inside(file, found, String(index));
  });
  if (!rest) return returnFirst(file, checks);
  code.line("const n = items.length;");
  for (const [index, found] of checks.entries()) {
    code.line(`const found${index} = ${found};`);
    code.line(`if (found${index} !== undefined) return found${index};`);
  }
  const end = trailing.length > 0 ? `n - ${trailing.length}` : "n";
  code.block(`for (let i = ${elements.length}; i < ${end}; i++)`, () => {
    code.line("const item = items[i];");
    code.line(`const found = ${check(file, rest, "item", partHint(hint, "item"))};`);
    code.line(`if (found !== undefined) return ${inside(file, "found", "i")};`);
  });
  const last = trailing.map((element, index) => {
    const at = `n - ${trailing.length - index}`;
    return inside(file, check(file, element, `items[${at}]`, partHint(hint, `last${index}`)), at);
  });
  returnFirst(file, last);
}

function entryChecks(file: CodecFile, key: Type, value: Type, hint: string): void {
  const { code } = file;
  code.line("let i = 0;");
  code.block("for (const [key, item] of value as ReadonlyMap<unknown, unknown>)", () => {
    const found = [
      check(file, key, "key", partHint(hint, "key")),
      check(file, value, "item", partHint(hint, "value")),
    ];
    code.line(
      `const found = ${found.map((text) => (text.includes(" ? ") ? `(${text})` : text)).join(" ?? ")};`,
    );
    const named = file.resolve(key).kind === "string";
    const at = named ? 'typeof key === "string" ? key : i' : "i";
    code.line(`if (found !== undefined) return ${inside(file, "found", at)};`);
    code.line("i++;");
  });
  code.line("return undefined;");
}

function recordChecks(file: CodecFile, value: Type, hint: string): void {
  const { code } = file;
  code.block("for (const key of Object.keys(value))", () => {
    code.line("const item = value[key];");
    const found = `${code.use("checkKey")}(key)`;
    const inner = check(file, value, "item", partHint(hint, "value"));
    code.line(`const found = ${found} ?? ${inner.includes(" ? ") ? `(${inner})` : inner};`);
    code.line(`if (found !== undefined) return ${inside(file, "found", "key")};`);
  });
  code.line("return undefined;");
}
