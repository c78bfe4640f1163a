// Functions that read a value from MessagePack: `readX(r)` starts at `r.offset` and leaves it behind the value.
// What comes out satisfies the type, or an error with code, offset and path was thrown.
import {
  type Mixed,
  type Slots,
  type Struct,
  slotsOf,
  structCharges,
  type Tuple,
  type Type,
  tupleLengths,
  type Union,
  type Variant,
} from "@hewn/schema";
import { forRest, guardIndex, partHint } from "./binary-write.ts";
import type { CodecFile, DefineFunction, Shape } from "./codec-file.ts";
import { type Arm, constructStruct, constructTuple } from "./construct.ts";
import { adding } from "./hashed.ts";
import { packedSuffix, readSuffix } from "./leaf.ts";
import { leafArgument } from "./leaf-argument.ts";
import { quote, quoteJson } from "./literal.ts";
import { type ArmPlan, planOf } from "./mixed.ts";
import { pascal } from "./names.ts";
import { attemptRead } from "./optimistic-read.ts";
import { inOneOf, inProperty, KeyTrail, localsOf } from "./properties.ts";
import { elementText, typeText } from "./type-text.ts";

export const defineRead: DefineFunction = (file, shape, name) => {
  const { code } = file;
  const parameters = [`r: ${code.useType("Reader")}`];
  if (shape.deep) parameters.push("depth: number");
  const head = `${shape.exported ? "export " : ""}function ${name}(${parameters.join(", ")}): ${shape.text.result}`;
  code.block(head, () => {
    if (shape.recursive) {
      code.line(`if (depth === 0) throw ${code.use("decodeTooDeep")}(r);`);
      code.line("depth--;");
    }
    readBody(file, shape);
  });
};

function readBody(file: CodecFile, shape: Shape): void {
  const { type } = shape;
  switch (type.kind) {
    case "struct":
      attemptRead(file, type, shape);
      file.code.line(`const n = ${file.code.use("readArrayHeader")}(r);`);
      return readFields(file, type, shape);
    case "union":
      return readUnion(file, type, shape);
    case "mixed":
      return readMixed(file, type, shape.name);
    case "array":
      if (!packedSuffix(type)) return readArray(file, type.element, shape.name);
      break;
    case "set":
      return readSet(file, type.element, shape.name);
    case "tuple":
      return readTuple(file, type, shape);
    case "map":
      return readMap(file, type.key, type.value, shape.name);
    case "record":
      return readRecord(file, type.value, shape.name);
  }
  file.code.line(`return ${take(file, type, shape.name)};`);
}

/**
 * An expression that reads one value.
 * @param cutOff a condition under which the message has ended before a value that may be absent
 */
function take(file: CodecFile, type: Type, hint: string, cutOff?: string): string {
  const { code } = file;
  const resolved = file.resolve(type);
  const suffix = packedSuffix(resolved) ?? readSuffix(resolved);
  if (suffix) return `${code.use(`read${suffix}`)}(r${leafArgument(file, resolved, hint)})`;
  switch (resolved.kind) {
    case "choice":
      return `${code.use("readMember")}(r, ${file.valuesOf(resolved, hint)})`;
    case "maybe": {
      const inner = take(file, resolved.type, hint);
      const nil = `${cutOff ? `${cutOff} || ` : ""}${code.use("readNil")}(r)`;
      if (!resolved.undefined) return `${nil} ? null : ${inner}`;
      return `${nil} ? undefined : ${resolved.null ? `${code.use("readNullMark")}(r) ? null : ` : ""}${inner}`;
    }
    default:
      return file.call("read", resolved, hint, ["r"]);
  }
}

/** Fields behind a header of `n` elements, and the value made of them. */
function readFields(file: CodecFile, struct: Struct, shape: Shape, arm?: Arm): void {
  const { code } = file;
  const slots = slotsOf(struct);
  const locals = localsOf(file, struct.fields, ["r", "n", "key", "value", "depth", "error"]);
  const names = slots.items.flatMap((field) => (field ? [field.name] : []));
  if (slots.required > 0) {
    code.line(`if (n < ${slots.required}) throw ${missing(file, slots)};`);
  }
  const body = (trail?: KeyTrail) => {
    for (const [slot, field] of slots.items.entries()) {
      if (!field) {
        code.line(`if (n > ${slot}) ${code.use("skip")}(r);`);
        continue;
      }
      trail?.at(field.name);
      const hint = partHint(shape.name, field.name);
      const cutOff = slot < slots.required ? undefined : `n <= ${slot}`;
      code.line(`const ${locals.get(field)} = ${take(file, field.type, hint, cutOff)};`);
    }
    const known = slots.items.length;
    chargeFields(file, struct, slots, arm !== undefined);
    code.line(`if (n > ${known}) ${code.use("skip")}(r, ${known === 0 ? "n" : `n - ${known}`});`);
    constructStruct(file, struct, shape, (field) => locals.get(field)!, arm);
  };
  if (names.length === 0) return body();
  const trail = new KeyTrail(file, names);
  trail.guard(() => body(trail));
}

/** Properties that an object has without a byte of the message for them: see the runtime's heap.ts. */
function chargeFields({ code }: CodecFile, struct: Struct, slots: Slots, isVariant: boolean): void {
  const { always, absent } = structCharges(struct, isVariant);
  const known = slots.items.length;
  if (always > 0) code.line(`${code.use("absentFields")}(r, ${always});`);
  if (absent === 0) return;
  const missing = absent === known - slots.required ? `${known} - n` : `Math.min(${known} - n, ${absent})`;
  code.line(`if (n < ${known}) ${code.use("absentFields")}(r, ${missing});`);
}

/** The error for a message that ends before its last required field: it names the first that is missing. */
function missing(file: CodecFile, slots: Slots): string {
  const error = `${file.code.use("missingField")}(r)`;
  const names = slots.items.slice(0, slots.required).map((field, slot) => {
    return (field ?? slots.items.slice(slot).find((later) => later !== undefined))!.name;
  });
  return inOneOf(file, error, names);
}

function readUnion(file: CodecFile, union: Union, shape: Shape): void {
  const { code } = file;
  code.line(`const n = ${code.use("readArrayHeader")}(r) - 1;`);
  code.line(`if (n < 0) throw ${inProperty(file, `${code.use("missingField")}(r)`, union.discriminant)};`);
  code.line(`const ordinal = ${code.use("readOrdinal")}(r);`);
  code.block("switch (ordinal)", () => {
    for (const variant of [...union.variants].sort((a, b) => a.ordinal - b.ordinal)) {
      code.line(`case ${variant.ordinal}:`);
      code.indented(() => code.line(`return ${readVariantCall(file, union, variant, shape)};`));
    }
    code.line("default:");
    code.indented(() =>
      code.line(
        `throw ${inProperty(file, `${code.use("unknownVariant")}(r, ordinal)`, union.discriminant)};`,
      ),
    );
  });
}

function readVariantCall(file: CodecFile, union: Union, variant: Variant, shape: Shape): string {
  const { code } = file;
  const name = code.name(`read${shape.name}${pascal(String(variant.tag)) || "Variant"}`);
  const deep = variant.struct.fields.some((field) => file.needsDepth(field.type));
  file.later(() => {
    const parameters = [`r: ${code.useType("Reader")}`, "n: number", ...(deep ? ["depth: number"] : [])];
    const inner = { ...shape, name: `${shape.name}${pascal(String(variant.tag))}` };
    code.block(`function ${name}(${parameters.join(", ")}): ${shape.text.result}`, () => {
      readFields(file, variant.struct, inner, { union, variant });
    });
  });
  return `${name}(r, n${deep ? ", depth" : ""})`;
}

function readMixed(file: CodecFile, mixed: Mixed, hint: string): void {
  const { code } = file;
  const plan = planOf(file, mixed);
  if (plan.tagged) {
    code.line("const at = r.offset;");
    code.line(`const ordinal = ${code.use("readArm")}(r);`);
  }
  code.block(`switch (${plan.tagged ? "ordinal" : `${code.use("nextKind")}(r)`})`, () => {
    for (const { ordinal, kinds, type, json } of plan.tagged ? plan.arms.toSorted(byOrdinal) : plan.arms) {
      for (const label of plan.tagged ? [ordinal] : kinds.binary.map(quote)) code.line(`case ${label}:`);
      code.indented(() => code.line(`return ${take(file, type, partHint(hint, json[0] ?? ""))};`));
    }
    code.line("default:");
    const error = plan.tagged
      ? `${code.use("unknownArm")}(r, ordinal, at)`
      : `${code.use("wrongType")}(r, ${quoteJson(plan.expected)})`;
    code.indented(() => code.line(`throw ${error};`));
  });
}

function byOrdinal(a: ArmPlan, b: ArmPlan): number {
  return a.ordinal - b.ordinal;
}

function readArray(file: CodecFile, element: Type, hint: string): void {
  const { code } = file;
  code.line(`const n = ${code.use("readListHeader")}(r);`);
  // The header claims no more elements than there are bytes, and an array of the right size wastes no memory.
  code.line(`const items: ${mutableArray(file, element)} = new Array(n);`);
  code.line("let i = 0;");
  guardIndex(file, "i", () => {
    code.line(`for (; i < n; i++) items[i] = ${take(file, element, partHint(hint, "item"))};`);
  });
  code.line("return items;");
}

export function mutableArray(file: CodecFile, element: Type): string {
  return `${elementText(typeText(element, file.names, "result"))}[]`;
}

function readSet(file: CodecFile, element: Type, hint: string): void {
  const { code } = file;
  code.line(`const n = ${code.use("readSetHeader")}(r);`);
  code.line(`const items = new Set<${typeText(element, file.names, "result")}>();`);
  const add = adding(file, element, ["addElement", "addHashed"], "n", "r, ");
  code.line("let i = 0;");
  guardIndex(file, "i", () => {
    code.block("for (; i < n; i++)", () => {
      code.line("const at = r.offset;");
      const item = take(file, element, partHint(hint, "item"));
      code.line(`${add}, ${item}, at);`);
    });
  });
  code.line("return items;");
}

function readTuple(file: CodecFile, tuple: Tuple, shape: Shape): void {
  const { code } = file;
  const { elements, required, rest, trailing = [] } = tuple;
  const { least, most } = tupleLengths(tuple);
  const header = rest
    ? `${code.use("readRestHeader")}(r, ${least});`
    : `${code.use("readTupleHeader")}(r, ${least}, ${most});`;
  code.line(least < most ? `const n = ${header}` : header);
  code.line("let i = 0;");
  const hint = (part: string) => partHint(shape.name, part);
  guardIndex(file, "i", () => {
    const values = elements.map((element, index) => {
      if (index > 0) code.line(`i = ${index};`);
      const cutOff = index < required ? undefined : `n <= ${index}`;
      code.line(`const item${index} = ${take(file, element, hint(`item${index}`), cutOff)};`);
      return `item${index}`;
    });
    if (rest) code.line(`const rest: ${mutableArray(file, rest)} = [];`);
    forRest(file, tuple, (type) => code.line(`rest.push(${take(file, type, hint("item"))});`));
    const last = trailing.map((element, index) => {
      code.line(`i = n - ${trailing.length - index};`);
      code.line(`const last${index} = ${take(file, element, hint(`last${index}`))};`);
      return `last${index}`;
    });
    constructTuple(file, tuple, values, last);
  });
}

function readMap(file: CodecFile, key: Type, value: Type, hint: string): void {
  const { code } = file;
  const text = (type: Type) => typeText(type, file.names, "result");
  code.line(`const n = ${code.use("readMapHeader")}(r);`);
  code.line(`const items = new Map<${text(key)}, ${text(value)}>();`);
  const item = take(file, value, partHint(hint, "value"));
  if (file.resolve(key).kind === "string") {
    forKeys(file, () => code.line(`${code.use("addEntry")}(r, items, key, ${item}, at);`));
    return code.line("return items;");
  }
  const add = adding(file, key, ["addEntry", "addHashedEntry"], "n", "r, ");
  code.line("let i = 0;");
  guardIndex(file, "i", () => {
    code.block("for (; i < n; i++)", () => {
      code.line("const at = r.offset;");
      code.line(`const key = ${take(file, key, partHint(hint, "key"))};`);
      code.line(`${add}, key, ${item}, at);`);
    });
  });
  code.line("return items;");
}

function readRecord(file: CodecFile, value: Type, hint: string): void {
  const { code } = file;
  code.line(`const n = ${code.use("readRecordHeader")}(r);`);
  code.line(`const items: Record<string, ${typeText(value, file.names, "result")}> = {};`);
  const item = take(file, value, partHint(hint, "value"));
  forKeys(file, () => code.line(`${code.use("setKey")}(r, items, key, ${item}, at);`));
  code.line("return items;");
}

/** A loop over `n` string `key`s. Until a key is read, its position stands for it in an error's path. */
function forKeys(file: CodecFile, body: () => void): void {
  const { code } = file;
  code.line("let key: string | number = 0;");
  guardIndex(file, "key", () => {
    code.block("for (let i = 0; i < n; i++)", () => {
      code.line("key = i;");
      code.line("const at = r.offset;");
      code.line(`key = ${code.use("readString")}(r);`);
      body();
    });
  });
}
