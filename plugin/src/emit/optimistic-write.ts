// The usual way to write a struct of scalars: every property is looked at once, all are checked together, and then
// written without anything that could fail on the way. V8 keeps such code in registers and inlines the whole of it
// (measured on messages of three fields: 1.15 to 1.4 times as fast). Whatever is not as it should be is not judged
// here: a careful writer, which knows the paths of errors and makes room, begins again.
import { type Field, type Struct, slotsOf, type Type } from "@hewn/schema";
import type { CodecFile } from "./codec-file.ts";
import { leafBytes, leafSuffix } from "./leaf.ts";
import { isInherited, propertyKey } from "./literal.ts";
import { localsOf } from "./properties.ts";
import { shortInteger } from "./short-integers.ts";

/** With more fields the calls that are saved weigh little beside the fields, and the code is written twice. */
const fieldsMax = 8;

/** A header, and what a string takes beside three bytes for each of its units. */
const headerBytes = 1;
const stringBytes = 5;

/** How one kind of field is checked, and written where the check holds and there is room. */
interface Scalar {
  readonly test: (file: CodecFile, v: string) => string;
  /** The runtime's function that puts it. */
  readonly put: "putText" | "putDouble" | "putSafe" | "putSigned" | "putUnsigned" | "putBoolean" | ShortPut;
}

type ShortPut = "putI8" | "putI16" | "putI32" | "putU8" | "putU16" | "putU32";

const typeofTest = (type: string) => (_: CodecFile, v: string) => `typeof ${v} === "${type}"`;
const numberTest = (v: string, same: string) => `typeof ${v} === "number" && ${same} === ${v}`;

const scalars: Readonly<Record<string, Scalar>> = {
  String: { test: typeofTest("string"), put: "putText" },
  F64: { test: typeofTest("number"), put: "putDouble" },
  Boolean: { test: typeofTest("boolean"), put: "putBoolean" },
  Int: { test: (_, v) => `Number.isSafeInteger(${v})`, put: "putSafe" },
  I64: { test: (file, v) => `${file.code.use("isI64")}(${v})`, put: "putSigned" },
  U64: { test: (file, v) => `${file.code.use("isU64")}(${v})`, put: "putUnsigned" },
  I8: { test: (_, v) => numberTest(v, `(${v} << 24) >> 24`), put: "putI8" },
  I16: { test: (_, v) => numberTest(v, `(${v} << 16) >> 16`), put: "putI16" },
  I32: { test: (_, v) => numberTest(v, `(${v} | 0)`), put: "putI32" },
  U8: { test: (_, v) => numberTest(v, `(${v} & 0xff)`), put: "putU8" },
  U16: { test: (_, v) => numberTest(v, `(${v} & 0xffff)`), put: "putU16" },
  U32: { test: (_, v) => numberTest(v, `${v} >>> 0`), put: "putU32" },
};

/**
 * Whether {@link attemptWrite} can write the struct, and gains by it: small integers alone are as fast without, and of
 * strings alone the checks weigh little.
 */
export function isScalar(file: CodecFile, struct: Struct): boolean {
  const { fields } = struct;
  const { items, required } = slotsOf(struct);
  if (fields.length === 0 || fields.length > fieldsMax) return false;
  if (items.length !== fields.length || required !== fields.length || (struct.absent ?? []).length > 0)
    return false;
  if (fields.some(({ name, type }) => isInherited(name) || scalarOf(file, type) === undefined)) return false;
  return fields.some(({ type }) => isWide(file.resolve(type)));
}

function isWide(type: Type): boolean {
  return type.kind !== "string" && type.kind !== "boolean" && shortInteger(type) === undefined;
}

function scalarOf(file: CodecFile, type: Type): Scalar | undefined {
  const suffix = leafSuffix(file.resolve(type));
  return suffix === undefined ? undefined : scalars[suffix];
}

/** Emits the attempt on an object `value`, which returns where it succeeds. */
export function attemptWrite(file: CodecFile, { fields }: Struct): void {
  const { code } = file;
  const locals = localsOf(file, fields, ["w", "p", "q", "value"]);
  const parts = fields.map((field) => {
    const local = locals.get(field)!;
    return { field, local, scalar: scalarOf(file, field.type)! };
  });
  code.line(`const { ${parts.map(({ field, local }) => binding(field, local)).join(", ")} } = value;`);
  const tests = parts.map(({ local, scalar }) => scalar.test(file, local));
  code.block(`if (${[...tests, `p + ${roomText(file, parts)} <= w.end`].join(" && ")})`, () => {
    code.line(`w.bytes[p] = 0x${(0x90 | fields.length).toString(16)};`);
    putParts(file, parts, "let q", "p + 1");
  });
}

/** Only text can still be odd, by a lone surrogate: what follows it stands in a block of its own. */
function putParts(file: CodecFile, parts: readonly Part[], assigned: string, start: string): void {
  const { code } = file;
  const [first, ...rest] = parts;
  const { put } = first!.scalar;
  const text = `${code.use(put)}(w, ${start}, ${first!.local})`;
  const isLast = rest.length === 0;
  if (put !== "putText") {
    if (isLast) return code.line(`return ${text};`);
    code.line(`${assigned} = ${text};`);
    return putParts(file, rest, "q", "q");
  }
  code.line(`${assigned} = ${text};`);
  if (isLast) return code.line("if (q > 0) return q;");
  code.block("if (q > 0)", () => putParts(file, rest, "q", "q"));
}

function binding({ name }: Field, local: string): string {
  const key = propertyKey(name);
  return key === local ? key : `${key}: ${local}`;
}

interface Part {
  readonly field: Field;
  readonly local: string;
  readonly scalar: Scalar;
}

function roomText(file: CodecFile, parts: readonly Part[]): string {
  const sizes = parts.map(({ field }) => leafBytes(leafSuffix(file.resolve(field.type))!) ?? stringBytes);
  const bytes = sizes.reduce((sum, size) => sum + size, headerBytes);
  const texts = parts.filter(({ field }) => file.resolve(field.type).kind === "string");
  return [bytes, ...texts.map(({ local }) => `3 * ${local}.length`)].join(" + ");
}
