// Literals in the words of errors, as the runtime shows texts: short, and without signs that a terminal obeys.
import type { Tag } from "./schema.ts";

/** Longest text, in UTF-16 units, that is shown in full. */
const shownMax = 64;

export function shownLiteral(value: Tag): string {
  if (typeof value !== "string") return String(value);
  const shown = value.length > shownMax ? `${value.slice(0, shownMax)}…` : value;
  return JSON.stringify(shown).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => {
    return `\\u{${sign.codePointAt(0)!.toString(16)}}`;
  });
}
