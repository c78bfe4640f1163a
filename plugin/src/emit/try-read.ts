// Functions that read a value as our own writer puts it, from the bytes alone: `tryX(b)`. They make no reader, note no
// property and look at no options; the position is the runtime's. Whatever else stands there fails the whole message,
// which is read again by the functions of binary-read.ts.
import { type Field, type Slots, type Struct, slotsOf, type Type, type Union } from "@hewn/schema";
import { partHint } from "./binary-write.ts";
import type { CodecFile, DefineFunction, Shape } from "./codec-file.ts";
import { type Arm, constructStruct } from "./construct.ts";
import { readSuffix } from "./leaf.ts";
import { pascal } from "./names.ts";
import { localsOf } from "./properties.ts";

export const defineTry: DefineFunction = (file, shape, name) => {
  const { code } = file;
  const { type } = shape;
  const head = `${shape.exported ? "export " : ""}function ${name}(b: Uint8Array): ${shape.text.result}`;
  code.block(head, () => {
    if (type.kind === "struct") return tryStruct(file, type, shape);
    if (type.kind === "union") return tryUnion(file, type, shape);
    code.line(`return ${take(file, type, shape.name)};`);
  });
};

/**
 * An expression that reads one value.
 * @param cutOff a condition under which the message has ended before a value that may be absent
 */
function take(file: CodecFile, type: Type, hint: string, cutOff?: string): string {
  const { code } = file;
  const resolved = file.resolve(type);
  const suffix = readSuffix(resolved);
  if (suffix) return `${code.use(`try${suffix as "U8"}`)}(b)`;
  switch (resolved.kind) {
    case "choice":
      return `${code.use("tryMember")}(b, ${file.valuesOf(resolved, hint)})`;
    case "maybe": {
      const nil = `${cutOff ? `${cutOff} || ` : ""}${code.use("tryNil")}(b)`;
      return `${nil} ? ${resolved.null ? "null" : "undefined"} : ${take(file, resolved.type, hint)}`;
    }
    case "array":
      return `${code.use("tryArray")}(b, ${elementReader(file, resolved.element, partHint(hint, "item"))})`;
    default:
      return `${file.functionFor("try", resolved, hint)}(b)`;
  }
}

function tryStruct(file: CodecFile, struct: Struct, shape: Shape): void {
  const { code } = file;
  const { items, required } = slotsOf(struct);
  if (required === items.length) code.line(`${code.use("tryFields")}(b, ${required});`);
  else code.line(`const n = ${code.use("trySomeFields")}(b, ${required}, ${items.length});`);
  takeFields(file, struct, shape, (slot) => `n <= ${slot}`);
}

/** @param cutOff the condition under which the message has ended before the field of a slot */
function takeFields(
  file: CodecFile,
  struct: Struct,
  shape: Shape,
  cutOff: (slot: number) => string,
  arm?: Arm,
): void {
  const { code } = file;
  const { items, required } = slotsOf(struct);
  const locals = localsOf(file, struct.fields, ["b", "n", "value"]);
  for (const [slot, field] of present(items)) {
    const hint = partHint(shape.name, field.name);
    const value = take(file, field.type, hint, slot < required ? undefined : cutOff(slot));
    code.line(`const ${locals.get(field)} = ${value};`);
  }
  constructStruct(file, struct, shape, (field) => locals.get(field)!, arm);
}

function present(items: Slots["items"]): (readonly [slot: number, field: Field])[] {
  return items.flatMap((field, slot) => (field ? [[slot, field] as const] : []));
}

function tryUnion(file: CodecFile, union: Union, shape: Shape): void {
  const { code } = file;
  code.line(`const n = ${code.use("tryVariant")}(b);`);
  code.block("switch (n)", () => {
    for (const variant of [...union.variants].sort((a, b) => a.ordinal - b.ordinal)) {
      const { items, required } = slotsOf(variant.struct);
      for (let count = required; count <= items.length; count++) {
        const isLast = count === items.length;
        const label = `case ${header(count, variant.ordinal)}:`;
        if (!isLast) code.line(label);
        else {
          const inner = { ...shape, name: `${shape.name}${pascal(String(variant.tag))}` };
          code.block(label, () => {
            takeFields(file, variant.struct, inner, (slot) => `n < ${header(slot + 1, 0)}`, {
              union,
              variant,
            });
          });
        }
      }
    }
    code.line("default:");
    code.indented(() => code.line(`return ${code.use("tryFailed")}();`));
  });
}

/** What the runtime makes of the header of a variant with so many fields. */
function header(fields: number, ordinal: number): string {
  return `0x${((fields << 8) | ordinal).toString(16)}`;
}

/** A function that reads an element: where one is called with nothing but the bytes, its name. */
function elementReader(file: CodecFile, element: Type, hint: string): string {
  const call = take(file, element, hint);
  return /^[\w$]+\(b\)$/.test(call) ? call.slice(0, -3) : `(b) => ${call}`;
}
