// Texts of a template literal type in JSON: strings, of which a codec takes those that the type has.
import { encodeError } from "./encode-error.ts";
import { jsonFail } from "./json-error.ts";
import { jsonString } from "./json-text.ts";
import { fromJsonString } from "./json-value.ts";
import { matchesTemplate, type Template, templateText } from "./template.ts";

/** @throws EncodeError `notAMember` for another text */
export function jsonTemplate(v: string, patterns: Template): string {
  const text = jsonString(v);
  if (matchesTemplate(patterns, v)) return text;
  throw encodeError("notAMember", "expected " + templateText(patterns) + ", found another string");
}

/** @throws DecodeError `unknownMember` for another text */
export function fromJsonTemplate<T extends string>(v: unknown, patterns: Template<T>): T {
  const text = fromJsonString(v);
  if (matchesTemplate(patterns, text)) return text as T;
  throw jsonFail("unknownMember", "expected " + templateText(patterns) + ", found another string");
}
