// JSON that can be shown on a terminal: what others chose is in it.

/** As `JSON.stringify`, with control, format and bidi characters escaped; instances and other bigints in hexadecimal. */
export function safeJson(value: unknown): string {
  const text = JSON.stringify(value, (_, each) =>
    typeof each === "bigint" ? each.toString(16).padStart(16, "0") : each,
  );
  return text.replace(/[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}
