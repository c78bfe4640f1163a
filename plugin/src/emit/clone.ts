// Functions that copy a value: `copyX(from)` gives one that shares with `from` only what is immutable. They look at
// what they copy, as encoders do, and hand on the rest as it is.
import {
  type Field,
  type Maybe,
  type Mixed,
  type Struct,
  type Tuple,
  type Type,
  tupleLengths,
  type Union,
  type Variant,
} from "@hewn/schema";
import { assertion, castIndex, expectTuple, forRest, guardIndex, partHint } from "./binary-write.ts";
import type { CodecFile, DefineFunction, Shape } from "./codec-file.ts";
import { type Arm, constructStruct, constructTuple } from "./construct.ts";
import { leafArgument } from "./leaf-argument.ts";
import { isInherited, literalText, quoteJson } from "./literal.ts";
import { type ArmPlan, narrowed, planOf, valueTest } from "./mixed.ts";
import { pascal } from "./names.ts";
import { inProperty, KeyTrail, localsOf, propertyOf } from "./properties.ts";
import { elementText, structText, tagText, typeText } from "./type-text.ts";
import { expectStruct } from "./weak-struct.ts";

export const defineCopy: DefineFunction = (file, shape, name) => {
  const { code } = file;
  const deep = shape.recursive || file.copyNeedsDepth(shape.type);
  const parameters = [`from: ${shape.text.parameter}`, ...(deep ? ["depth: number"] : [])];
  const head = `${shape.exported ? "export " : ""}function ${name}(${parameters.join(", ")}): ${shape.text.result}`;
  code.block(head, () => {
    if (shape.recursive) {
      code.line(`if (depth === 0) throw ${code.use("encodeTooDeep")}();`);
      code.line("depth--;");
    }
    copyBody(file, shape);
  });
};

function copyBody(file: CodecFile, shape: Shape): void {
  const { code } = file;
  const { type } = shape;
  if (copiesWhole(file, type) === undefined) {
    switch (type.kind) {
      case "struct":
        expectStruct(file, type, "from");
        return copyFields(file, type, shape);
      case "union":
        return copyUnion(file, type, shape);
      case "mixed":
        return copyMixed(file, type, shape);
      case "array":
        return copyElements(file, type.element, shape.name);
      case "set":
        return copyMembers(file, type.element, shape.name);
      case "map":
        return copyEntries(file, type.key, type.value, shape.name);
      case "record":
        return copyProperties(file, type.value, shape.name);
      case "tuple":
        return copyTuple(file, type, shape);
    }
  }
  code.line(`return ${copied(file, type, "from", shape.name)};`);
}

/** The runtime's function that copies a value whose parts, if it has any, are shared. */
function copiesWhole(file: CodecFile, type: Type): string | undefined {
  const { code } = file;
  switch (type.kind) {
    case "bytes":
      return code.use("copyBytes");
    case "date":
      return code.use("copyDate");
    case "typedArray":
      return code.use("copyTypedArray");
    case "array":
      return file.isImmutable(type.element) ? code.use("copyArray") : undefined;
    case "set":
      return file.isImmutable(type.element) ? code.use("copySet") : undefined;
    case "map":
      return file.isImmutable(type.value) ? code.use("copyMap") : undefined;
    case "record":
      return file.isImmutable(type.value) ? code.use("copyRecord") : undefined;
    default:
      return undefined;
  }
}

/** An expression that gives a copy of `value`, or `value` itself where it can be shared. It is read more than once. */
function copied(file: CodecFile, type: Type, value: string, hint: string): string {
  if (file.isImmutable(type)) return shared(file, type, value);
  const resolved = file.resolve(type);
  if (resolved.kind === "maybe") return copiedIfThere(file, resolved, value, hint);
  const whole = copiesWhole(file, resolved);
  if (whole === undefined) return file.call("copy", resolved, hint, [value]);
  const call = `${whole}(${value}${leafArgument(file, resolved, hint)})`;
  return hasParts(resolved) && file.takesMore(resolved) ? `${call} as ${resultText(file, resolved)}` : call;
}

function hasParts({ kind }: Type): boolean {
  return kind === "array" || kind === "set" || kind === "map" || kind === "record";
}

function shared(file: CodecFile, type: Type, value: string): string {
  return file.takesMore(type) ? `${value} as ${resultText(file, type)}` : value;
}

function resultText(file: CodecFile, type: Type): string {
  return typeText(type, file.names, "result");
}

function copiedIfThere(file: CodecFile, type: Maybe, value: string, hint: string): string {
  const absent = [...(type.undefined ? ["undefined"] : []), ...(type.null ? ["null"] : [])];
  const tests = absent.map((literal) => `${value} === ${literal}`).join(" || ");
  return `${tests} ? ${value} : ${copied(file, type.type, value, hint)}`;
}

/** Values that may be absent are read once, into a constant. */
function isReadTwice(file: CodecFile, type: Type): boolean {
  return !file.isImmutable(type) && file.resolve(type).kind === "maybe";
}

/** The fields of a struct or variant, and the object made of them. */
function copyFields(file: CodecFile, struct: Struct, shape: Shape, arm?: Arm): void {
  const { code } = file;
  const own = struct.fields.filter((field) => !file.isImmutable(field.type));
  const kept = struct.fields.filter((field) => file.isImmutable(field.type) && field.optional);
  const taken = ["from", "key", "value", "depth", "error"];
  const locals = localsOf(file, [...kept, ...own], taken);
  const sources = localsOf(file, own, [...taken, ...locals.values()]);
  const read = (field: Field) => propertyOf(file, "from", field.name);
  for (const field of kept)
    code.line(`const ${locals.get(field)} = ${shared(file, field.type, read(field))};`);
  const valueOf = (field: Field) => locals.get(field) ?? shared(file, field.type, read(field));
  const finish = () => constructStruct(file, struct, shape, valueOf, arm);
  if (own.length === 0) return finish();
  const trail = new KeyTrail(
    file,
    own.map(({ name }) => name),
  );
  trail.guard(() => {
    for (const field of own) {
      trail.at(field.name);
      const twice = isReadTwice(file, field.type);
      const source = twice ? sources.get(field)! : read(field);
      if (twice) code.line(`const ${source} = ${read(field)};`);
      const hint = partHint(shape.name, field.name);
      code.line(`const ${locals.get(field)} = ${copied(file, field.type, source, hint)};`);
    }
    finish();
  });
}

function copyUnion(file: CodecFile, union: Union, shape: Shape): void {
  const { code } = file;
  code.line(`${code.use("expectObject")}(from);`);
  // The call that reads an inherited name does not narrow.
  const narrows = !isInherited(union.discriminant);
  code.block(`switch (${propertyOf(file, "from", union.discriminant)})`, () => {
    for (const variant of union.variants) {
      const tag = tagText(variant, file.names);
      const label = tag === literalText(variant.tag) ? tag : `${literalText(variant.tag)} as ${tag}`;
      code.line(`case ${label}:`);
      code.indented(() => code.line(`return ${copiedVariant(file, union, variant, shape, narrows)};`));
    }
    code.line("default:");
    code.indented(() =>
      code.line(`throw ${inProperty(file, `${code.use("unknownTag")}()`, union.discriminant)};`),
    );
  });
}

function copiedVariant(
  file: CodecFile,
  union: Union,
  variant: Variant,
  shape: Shape,
  narrows: boolean,
): string {
  const { code } = file;
  const { struct } = variant;
  if (!variant.mutable && file.isImmutable(struct)) {
    return file.takesMore(shape.type) ? `from as ${shape.text.result}` : "from";
  }
  const inner = { ...shape, name: `${shape.name}${pascal(String(variant.tag))}` };
  const name = code.name(`copy${inner.name}${pascal(String(variant.tag)) === "" ? "Variant" : ""}`);
  const deep = struct.fields.some((field) => file.copyNeedsDepth(field.type));
  const type = structText(struct, file.names, "parameter");
  const parameters = struct.fields.length === 0 ? [] : [`from: ${type}`];
  if (deep) parameters.push("depth: number");
  file.later(() => {
    code.block(`function ${name}(${parameters.join(", ")}): ${shape.text.result}`, () => {
      copyFields(file, struct, inner, { union, variant });
    });
  });
  const argument = struct.fields.length === 0 ? [] : [narrows ? "from" : `from as ${type}`];
  return `${name}(${[...argument, ...(deep ? ["depth"] : [])].join(", ")})`;
}

/** Arms that are immutable are handed on. They are asked for only where they could be taken for one that is not. */
function copyMixed(file: CodecFile, mixed: Mixed, shape: Shape): void {
  const { code } = file;
  const plan = planOf(file, mixed);
  const isKept = (arm: ArmPlan): boolean => file.isImmutable(arm.type);
  const lastCopied = plan.arms.findLastIndex((arm) => !isKept(arm));
  const handOn = `return from as ${shape.text.result};`;
  for (const [index, arm] of plan.arms.entries()) {
    const test = `if (${valueTest(file, arm, "from")})`;
    if (!isKept(arm)) {
      const value = narrowed(file, plan.arms, arm, "from", "parameter");
      const hint = partHint(shape.name, arm.json[0] ?? "");
      code.line(`${test} return ${copied(file, arm.type, value, hint)};`);
    } else if (plan.objects.includes(arm) && index < lastCopied) code.line(`${test} ${handOn}`);
  }
  if (plan.arms.some(isKept)) code.line(handOn);
  else code.line(`throw ${code.use("wrongValue")}(${quoteJson(plan.expected)}, from);`);
}

function copyElements(file: CodecFile, element: Type, hint: string): void {
  const { code } = file;
  code.line(`${code.use("expectArray")}(from);`);
  code.line("const n = from.length;");
  code.line(`const items: ${elementText(resultText(file, element))}[] = new Array(n);`);
  code.line("let i = 0;");
  guardIndex(file, "i", () => {
    code.block("for (; i < n; i++)", () => {
      code.line(`const item = from[i]${assertion(file, element)};`);
      code.line(`items[i] = ${copied(file, element, "item", partHint(hint, "item"))};`);
    });
  });
  code.line("return items;");
}

function copyMembers(file: CodecFile, element: Type, hint: string): void {
  const { code } = file;
  code.line(`${code.use("expectSet")}(from);`);
  code.line(`const items = new Set<${resultText(file, element)}>();`);
  code.line("let i = 0;");
  guardIndex(file, "i", () => {
    code.block("for (const item of from)", () => {
      code.line(`items.add(${copied(file, element, "item", partHint(hint, "item"))});`);
      code.line("i++;");
    });
  });
  code.line("return items;");
}

function copyEntries(file: CodecFile, key: Type, value: Type, hint: string): void {
  const { code } = file;
  const named = file.resolve(key).kind === "string";
  code.line(`${code.use("expectMap")}(from);`);
  code.line(`const items = new Map<${resultText(file, key)}, ${resultText(file, value)}>();`);
  code.line(named ? 'let key = "";' : "let i = 0;");
  guardIndex(file, named ? "key" : "i", () => {
    code.block("for (const [name, item] of from)", () => {
      if (named) code.line("key = name;");
      code.line(`items.set(name, ${copied(file, value, "item", partHint(hint, "value"))});`);
      if (!named) code.line("i++;");
    });
  });
  code.line("return items;");
}

function copyProperties(file: CodecFile, value: Type, hint: string): void {
  const { code } = file;
  code.line(`const keys = ${code.use("recordKeys")}(from);`);
  code.line(`const items: Record<string, ${resultText(file, value)}> = {};`);
  code.line('let key = "";');
  guardIndex(file, "key", () => {
    code.block("for (key of keys)", () => {
      code.line(`const item = from[key]${assertion(file, value)};`);
      code.line(
        `${code.use("putKey")}(items, key, ${copied(file, value, "item", partHint(hint, "value"))});`,
      );
    });
  });
  code.line("return items;");
}

function copyTuple(file: CodecFile, tuple: Tuple, shape: Shape): void {
  const { code } = file;
  const { elements, rest, trailing = [] } = tuple;
  const { least, most } = tupleLengths(tuple);
  const hint = (part: string) => partHint(shape.name, part);
  if (rest) expectTuple(file, tuple, "from");
  else code.line(`${code.use("expectTuple")}(from, ${least}, ${most});`);
  code.line("let i = 0;");
  guardIndex(file, "i", () => {
    const values = elements.map((element, index) => {
      if (index > 0) code.line(`i = ${index};`);
      const twice = isReadTwice(file, element);
      const source = twice ? `from${index}` : `from[${index}]`;
      if (twice) code.line(`const ${source} = from[${index}];`);
      code.line(`const item${index} = ${copied(file, element, source, hint(`item${index}`))};`);
      return `item${index}`;
    });
    if (rest) code.line(`const rest: ${elementText(resultText(file, rest))}[] = [];`);
    forRest(file, tuple, (type) => {
      code.line(`const item = ${castIndex(file, type, "from[i]", "parameter")};`);
      code.line(`rest.push(${copied(file, type, "item", hint("item"))});`);
    });
    const last = trailing.map((element, index) => {
      code.line(`i = n - ${trailing.length - index};`);
      code.line(`const end${index} = ${castIndex(file, element, "from[i]", "parameter")};`);
      code.line(`const last${index} = ${copied(file, element, `end${index}`, hint(`last${index}`))};`);
      return `last${index}`;
    });
    constructTuple(file, tuple, values, last);
  });
}
