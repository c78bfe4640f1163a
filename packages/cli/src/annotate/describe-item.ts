// What one item means, in a few words that are safe to print.

import type { Literal, Type } from "@hewn/schema";
import { describeExt } from "./describe-ext.ts";
import { elementsText } from "./elements-text.ts";
import type { Item } from "./messagepack-item.ts";
import { shortened } from "./shortened.ts";

/** The value of an item that is known to be of a type; empty for what merely holds other items. */
export function describeItem(item: Item, type: Type | undefined): string {
  if (type?.kind === "choice") {
    const member = type.members.find(({ ordinal }) => ordinal === item.value);
    if (member !== undefined) return literalText(member.value);
    if (item.kind === "integer") return `${item.value} (not a member)`;
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
      return `${literalText(String(item.value))}${item.invalidUtf8 ? " (not UTF-8)" : ""}`;
    case "bytes":
      return bytesText(item.value, type);
    case "ext":
      return describeExt(item) ?? byteCount(item.value);
    default:
      return String(Object.is(item.value, -0) ? "-0" : item.value);
  }
}

/** A map's key as it stands in a path. */
export function keyText(key: Item | string, type?: Type): string {
  if (typeof key === "string") return literalText(key);
  const text = describeItem(key, type);
  return text === "" ? "…" : text;
}

function nilText(type: Type | undefined): string {
  if (type === undefined) return "nil";
  return type.kind === "maybe" && type.undefined ? "absent" : "null";
}

function bytesText(value: Item["value"], type: Type | undefined): string {
  const elements =
    type?.kind === "typedArray" && value instanceof Uint8Array ? elementsText(type.array, value) : undefined;
  return elements ?? byteCount(value);
}

function byteCount(value: Item["value"]): string {
  const count = value instanceof Uint8Array ? value.length : 0;
  return count === 1 ? "1 byte" : `${count} bytes`;
}

/** A literal as in TypeScript, with everything escaped that could move a cursor or turn a line around. */
function literalText(value: Literal): string {
  if (typeof value !== "string") return String(value);
  return JSON.stringify(shortened(value)).replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}
