// Bugs to put into the codec and the emitter, one at a time, to see that a campaign finds them.

import type { PlantedBug } from "../planted/planted-bugs.ts";

const codec = "runtime/src/codec";
const emit = "plugin/src/emit";

export const plantedBugs: readonly PlantedBug[] = [
  {
    name: "a string may reach one byte beyond the end",
    file: `${codec}/read-strings.ts`,
    text: "if (r.offset > r.end) throw truncated(r, at);",
    by: "if (r.offset > r.end + 1) throw truncated(r, at);",
  },
  {
    name: "a try takes a message that goes on",
    file: `${codec}/try-read.node.ts`,
    text: "return at === b.length;",
    by: "return at <= b.length;",
  },
  {
    name: "a try cuts strings from the message before",
    file: `${codec}/try-read.node.ts`,
    text: 'cut.window = "";',
    by: "",
  },
  {
    name: "a try takes integers that are not safe",
    file: `${codec}/try-read.node.ts`,
    text: "if (!Number.isSafeInteger(value)) return failedNumber();\n  at = p + 9;\n  return value;\n}\n\n/** Of the",
    by: "at = p + 9;\n  return value;\n}\n\n/** Of the",
  },
  {
    name: "sets take an element twice",
    file: `${codec}/collections.ts`,
    text: 'if (set.size === size) throw fail(r, "duplicateElement"',
    by: 'if (set.size < size) throw fail(r, "duplicateElement"',
  },
  {
    name: "maps take a key twice",
    file: `${codec}/collections.ts`,
    text: 'if (map.size === size) throw fail(r, "duplicateKey"',
    by: 'if (map.size < size) throw fail(r, "duplicateKey"',
  },
  {
    name: "NaN is no float in JSON",
    file: `${codec}/json-value.ts`,
    text: 'if (v === "NaN") return Number.NaN;',
    by: "",
  },
  {
    name: "i16 loses its sign",
    file: `${codec}/read-integers.ts`,
    text: "return ((b[p + 1]! << 24) >> 16) | b[p + 2]!;",
    by: "return (b[p + 1]! << 8) | b[p + 2]!;",
  },
  {
    name: "u32 beyond 2^31 becomes negative",
    file: `${codec}/read-integers.ts`,
    text: "return int32At(b, p + 1) >>> 0;",
    by: "return int32At(b, p + 1);",
  },
  {
    name: "overlong UTF-8 of three bytes passes",
    file: `${codec}/utf8-check.ts`,
    text: "return lead === 0xe0 ? 0xa0 :",
    by: "return",
  },
  {
    name: "UTF-8 is not checked",
    file: `${codec}/text.node.ts`,
    text: 'return text.includes("\\ufffd") && !isUtf8(bytes, start, end) ? undefined : text;',
    by: "return isUtf8(bytes, end, end) ? text : undefined;",
  },
  {
    name: "lone surrogates are written",
    file: `${codec}/text.node.ts`,
    text: "return size === text.length || isWellFormed(text) ? size : -1;",
    by: "return size;",
  },
  {
    name: "the header of a string of 32 bytes is that of 31",
    file: `${codec}/write-strings.ts`,
    text: "return size < 32 ? 0 : widthOf(size);",
    by: "return size < 33 ? 0 : widthOf(size);",
  },
  {
    name: "-0 is written as 0",
    file: `${codec}/write-floats.ts`,
    text: "if ((v | 0) === v && (v !== 0 || 1 / v > 0)) {",
    by: "if ((v | 0) === v) {",
  },
  {
    name: "a record takes __proto__",
    file: `${codec}/collections.ts`,
    text: 'if (key === "__proto__") throw',
    by: 'if (key === "__proto") throw',
  },
  {
    name: "decoded bytes share the message's memory",
    file: `${codec}/bytes.ts`,
    text: "return copied(r.bytes, start, length);",
    by: "return length < 0 ? copied(r.bytes, start, length) : (r.bytes.subarray(start, start + length) as OwnBytes);",
  },
  {
    name: "the writer goes on in bytes that were given out",
    file: `${codec}/writer.ts`,
    text: "  w.start = p;\n  return new Uint8Array(bytes.buffer, start, p - start);",
    by: "  return new Uint8Array(bytes.buffer, start, p - start);",
  },
  {
    name: "depth is not counted when reading",
    file: `${emit}/binary-read.ts`,
    text: 'code.line("depth--;");',
    by: "",
  },
  {
    name: "an array header claims what it likes",
    file: `${codec}/containers.ts`,
    text: "if (values > r.end - r.offset || values > r.elements) throw",
    by: "if (values > 0xffff_ffff) throw",
  },
  {
    name: "empty maps cost nothing",
    file: `${codec}/heap.ts`,
    text: "export const mapHeap = 184;",
    by: "export const mapHeap = 0;",
  },
  {
    name: "two slots change places",
    file: `${emit}/binary-write.ts`,
    text: "const slots = slotsOf(struct);",
    by: "const { items, required } = slotsOf(struct); const slots = { required, items: required > 2 ? [items[1], items[0], ...items.slice(2)] : items };",
  },
  {
    name: "the tail is cut one field too early",
    file: `${emit}/binary-write.ts`,
    text: "if (n > ${before + slot}) p = ${text};",
    by: "if (n > ${before + slot + 1}) p = ${text};",
  },
  {
    name: "line separators in literals are not escaped in JSON text",
    file: `${emit}/literal.ts`,
    text: "return `'${quote(text).slice(1, -1).replaceAll('\\\\\"', '\"')}'`;",
    by: "return `'${text}'`;",
  },
  {
    name: "names that every object inherits are read from the prototype",
    file: `${emit}/properties.ts`,
    text: 'return isInherited(name) ? `${file.code.use("own")}(${base}, ${quote(name)})` : property(base, name);',
    by: "return property(base, name);",
  },
  {
    name: "a tuple's length is not compared in JSON",
    file: `${codec}/json-collections.ts`,
    text: "if (array.length >= required && array.length <= most) return array;",
    by: "if (array.length >= required) return array;",
  },
  {
    name: "u64 takes negative numbers in JSON",
    file: `${codec}/json-value.ts`,
    text: "if (BigInt.asUintN(64, value) !== value) throw",
    by: "if (BigInt.asIntN(65, value) !== value) throw",
  },
  {
    name: "small integers are not compared where JSON is read without JSON.parse",
    file: `${codec}/json-attempt-values.ts`,
    text: "if (n < least || n > most) c.odd = true;",
    by: "if (n < least) c.odd = true;",
  },
  {
    name: "what follows a JSON value is not looked at",
    file: `${codec}/json-attempt.ts`,
    text: "if (!c.odd && c.offset === text.length) return value;",
    by: "if (!c.odd) return value;",
  },
  {
    name: "an error in JSON bytes counts units",
    file: `${codec}/json-bytes.ts`,
    text: "new TextEncoder().encode(text.slice(0, error.offset)).length",
    by: "error.offset",
  },
  {
    name: "the last digits of base64 may be anything",
    file: `${codec}/base64.ts`,
    text: "return unused === 0 ? bytes : undefined;",
    by: "return unused >= 0 ? bytes : undefined;",
  },
  {
    name: "an error's offset lies behind the value",
    file: `${codec}/reader.ts`,
    text: 'return fail(r, "truncated", undefined, at);',
    by: 'return fail(r, "truncated", undefined, r.end + 1);',
  },
  {
    name: "an explanation differs from the encoder",
    file: `${codec}/checks.ts`,
    text: 'return checkInteger(v, "u8", 0, 0xff);',
    by: 'return checkInteger(v, "u8", 0, 0x100);',
  },
  {
    name: "nanoseconds beyond 2^29 are negative",
    file: `${codec}/read-dates.ts`,
    text: "bits(r, p + 4), head >>> 2);",
    by: "bits(r, p + 4), head >> 2);",
  },
  {
    name: "a set that grows is written with the old size",
    file: `${emit}/binary-write.ts`,
    text: 'if (kind === "set") code.line(`if (i',
    by: 'if (kind === ("" as string)) code.line(`if (i',
  },
];
