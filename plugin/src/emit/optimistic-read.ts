// The first attempt at reading a struct of small integers and booleans: exactly as our own writer of this version puts
// it, without a look at the end of the bytes until the last field. Whatever else stands there is not judged here: the
// attempt is forgotten, and the reader that knows every format and every error begins again.
import { type Field, type Struct, slotsOf, structCharges } from "@hewn/schema";
import type { CodecFile, Shape } from "./codec-file.ts";
import { constructStruct } from "./construct.ts";
import { localsOf } from "./properties.ts";
import { shortInteger, tail } from "./short-integers.ts";

/** With fewer fields the calls that are saved are not worth a second reader. */
const fieldsMin = 2;

/** A header of one byte holds no more. */
const fieldsMax = 15;

/** Emits the attempt, which returns the value where it succeeds; nothing for structs that are made of more. */
export function attemptRead(file: CodecFile, struct: Struct, shape: Shape): void {
  if (!isReadAhead(file, struct)) return;
  const { code } = file;
  const { fields } = struct;
  const locals = localsOf(file, fields, ["r", "b", "p", "t", "odd"]);
  code.line("const b = r.bytes;");
  code.line("let p = r.offset;");
  code.block(`if (b[p++] === 0x${(0x90 | fields.length).toString(16)})`, () => {
    code.line("let odd = false;");
    fields.forEach((field, index) => {
      code.line(`${index === 0 ? "let " : ""}t = b[p++]!;`);
      takeField(file, field, locals.get(field)!);
    });
    code.block(`if (!odd && ${code.use("advance")}(r, p, ${fields.length}))`, () => {
      constructStruct(file, struct, shape, (field) => locals.get(field)!);
    });
  });
}

/** Whether {@link attemptRead} emits anything. */
export function isReadAhead(file: CodecFile, struct: Struct): boolean {
  const { items, required } = slotsOf(struct);
  const count = struct.fields.length;
  if (count < fieldsMin || count > fieldsMax) return false;
  if (items.length !== count || required !== count) return false;
  if (structCharges(struct, false).always > 0 || (struct.absent ?? []).length > 0) return false;
  return struct.fields.every(({ type }) => {
    const resolved = file.resolve(type);
    return resolved.kind === "boolean" || shortInteger(resolved) !== undefined;
  });
}

function takeField(file: CodecFile, field: Field, local: string): void {
  const { code } = file;
  const integer = shortInteger(file.resolve(field.type));
  if (integer === undefined) {
    code.line(`const ${local} = t === 0xc3;`);
    code.line("if ((t & 0xfe) !== 0xc2) odd = true;");
    return;
  }
  code.line(`let ${local} = t;`);
  const tagged = `if (t === 0x${integer.tag.toString(16)}) ${local} = ${tail(integer)};`;
  code.block("if (t >= 0x80)", () => {
    code.line(tagged);
    if (integer.signed) code.line(`else if (t >= 0xe0) ${local} = t - 0x100;`);
    code.line("else odd = true;");
  });
}
