// Text that a peer chose, made fit for a log or a terminal.

/**
 * Escapes everything that could move a cursor, break a line or reorder text (control and format characters, lone
 * surrogates, line separators), and cuts at `lengthMax` UTF-16 units.
 */
export function printable(text: string, lengthMax = 200): string {
  const cut = text.length > lengthMax ? `${text.slice(0, lengthMax)}…` : text;
  return cut.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}
