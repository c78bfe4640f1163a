// What one item means, in a few words that are safe to print.

import type { Literal, Type } from "@hewn/schema";
import { elementsText } from "./elements-text.ts";
import type { Item } from "./messagepack-item.ts";

/** Longest text that is shown in full, in UTF-16 units. */
const textMax = 60;

/** The value of an item that is known to be of a type; empty for what merely holds other items. */
export function describeItem(item: Item, type: Type | undefined): string {
  if (type?.kind === "choice") {
    const member = type.members.find(({ ordinal }) => ordinal === item.value);
    if (member !== undefined) return literalText(member.value);
  }
  switch (item.kind) {
    case "array":
    case "map":
      return "";
    case "nil":
      return nilText(type);
    case "reserved":
      return "no value begins with this byte";
    case "string":
      return literalText(String(item.value));
    case "bytes":
      return bytesText(item.value, type);
    case "ext":
      return extText(item);
    default:
      return String(Object.is(item.value, -0) ? "-0" : item.value);
  }
}

/** A map's key as it stands in a path. */
export function keyText(key: Item | string): string {
  if (typeof key === "string") return literalText(key);
  return typeof key.value === "string" ? literalText(key.value) : describeItem(key, undefined);
}

function nilText(type: Type | undefined): string {
  if (type === undefined) return "nothing";
  return type.kind === "maybe" && type.undefined ? "absent" : "null";
}

function bytesText(value: Item["value"], type: Type | undefined): string {
  const elements =
    type?.kind === "typedArray" && value instanceof Uint8Array ? elementsText(type.array, value) : undefined;
  return elements ?? byteCount(value);
}

function extText(item: Item): string {
  if (item.format.includes("type 0,")) return "null";
  if (item.format.includes("type -1")) return timeText(item.value) ?? byteCount(item.value);
  return byteCount(item.value);
}

/** A timestamp as the text of a Date; of the digits behind its milliseconds, those that are there. */
function timeText(value: Item["value"]): string | undefined {
  if (!(value instanceof Uint8Array) || ![4, 8, 12].includes(value.length)) return undefined;
  const view = new DataView(value.buffer, value.byteOffset, value.length);
  const head = value.length === 8 ? view.getBigUint64(0) : 0n;
  const nanoseconds = value.length === 12 ? view.getUint32(0) : Number(head >> 34n);
  const forms = { 4: () => view.getUint32(0), 8: () => head & 0x3_ffff_ffffn, 12: () => view.getBigInt64(4) };
  const seconds = forms[value.length as 4 | 8 | 12]();
  const time = new Date(Number(seconds) * 1000 + Math.floor(nanoseconds / 1_000_000));
  if (Number.isNaN(time.getTime())) return `${seconds} s and ${nanoseconds} ns after 1970`;
  const rest = nanoseconds % 1_000_000;
  return rest === 0 ? time.toISOString() : `${time.toISOString()} and ${rest} ns`;
}

function byteCount(value: Item["value"]): string {
  const count = value instanceof Uint8Array ? value.length : 0;
  return count === 1 ? "1 byte" : `${count} bytes`;
}

/** A literal as in TypeScript, with everything escaped that could move a cursor or turn a line around. */
function literalText(value: Literal): string {
  if (typeof value !== "string") return String(value);
  const shown = value.length > textMax ? `${value.slice(0, textMax)}…` : value;
  return JSON.stringify(shown).replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}
