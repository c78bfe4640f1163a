// Bytes as base64: the standard alphabet or that of URLs, with or without padding, in one line or several.
import { shownCharacter, type TextBytes, TextFault } from "./text-bytes.ts";

const dataUrl = /^data:[^,]*;base64,/;

/** @throws TextFault when anything but base64 occurs */
export function readBase64(text: string): TextBytes {
  const compact = text.replace(/\s+/g, "").replace(dataUrl, "");
  const digits = compact.replace(/={1,2}$/, "");
  const wrong = /[^A-Za-z0-9+/_-]/.exec(digits);
  if (wrong !== null) throw new TextFault(`${shownCharacter(wrong[0])} is not in base64's alphabet`);
  if (digits === "") throw new TextFault("there is no base64");
  const bytes = Buffer.from(digits, "base64");
  return digits.length % 4 === 1
    ? { bytes, note: "the base64 is cut off: its last character stands for no byte" }
    : { bytes };
}
