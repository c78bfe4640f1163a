// What the readers of text have in common: the bytes that a text spells, or why it spells none.

export interface TextBytes {
  readonly bytes: Uint8Array;
  /** What was odd about the text, for the person: that part of it was cut off, for one. */
  readonly note?: string;
}

/** A text that does not spell bytes in the form that was tried. */
export class TextFault extends Error {}

/** A character as it may be printed. */
export function shownCharacter(character: string): string {
  return JSON.stringify(character).replace(
    /[\p{C}\p{Z}]/gu,
    (one) => `\\u{${one.codePointAt(0)!.toString(16)}}`,
  );
}
