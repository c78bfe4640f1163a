// The path to a value inside a message, as errors and mismatches show it: `Order.items[3].qty`.
import { pathKeyMax } from "./limits.ts";

/** One step of a path: `.key`, `["an odd key"]` or `[3]`. Safe to print: short, without control characters. */
export function pathSegment(key: string | number): string {
  // A map that is to be encoded may have keys of any type: of those nothing is shown, for looking can do anything.
  if (typeof key !== "string") return "[" + (typeof key === "number" ? key : typeof key) + "]";
  if (key.length <= pathKeyMax && /^[A-Za-z_$][\w$]*$/.test(key)) return "." + key;
  return "[" + quoted(key) + "]";
}

/** `text` in double quotes, shortened, and escaped so that a terminal or a log shows it and does not obey it. */
export function quoted(text: string): string {
  const shown = text.length > pathKeyMax ? text.slice(0, pathKeyMax) + "…" : text;
  // JSON escapes what is below space and lone surrogates; the rest of what moves a cursor or turns text around follows.
  return JSON.stringify(shown).replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (c) => "\\u{" + c.codePointAt(0)!.toString(16) + "}",
  );
}
