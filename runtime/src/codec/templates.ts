// Texts of a template literal type in MessagePack: strings, of which a codec takes those that the type has.
import { encodeError } from "./encode-error.ts";
import { readString } from "./read-strings.ts";
import { fail, type Reader } from "./reader.ts";
import { matchesTemplate, type Template, templateText } from "./template.ts";
import { putString } from "./write-strings.ts";
import type { Writer } from "./writer.ts";
import { wrongValue } from "./wrong-value.ts";

/**
 * Room for it must have been made, as for a string.
 * @throws EncodeError `notAMember` for another text
 */
export function putTemplate(w: Writer, p: number, v: string, patterns: Template): number {
  if (typeof v !== "string") throw wrongValue("string", v);
  if (matchesTemplate(patterns, v)) return putString(w, p, v);
  throw encodeError("notAMember", "expected " + templateText(patterns) + ", found another string");
}

/** @throws DecodeError `unknownMember` for another text */
export function readTemplate<T extends string>(r: Reader, patterns: Template<T>): T {
  const at = r.offset;
  const text = readString(r);
  if (matchesTemplate(patterns, text)) return text as T;
  throw fail(r, "unknownMember", "expected " + templateText(patterns) + ", found another string", at);
}
