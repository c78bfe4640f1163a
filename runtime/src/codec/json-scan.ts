// The tokens of JSON. A function that gets to the end of a token returns the offset after it; one that meets what
// JSON does not allow returns ~offset of that, which is negative.

/** What a search asks of a text. */
export type JsonText = Pick<string, "length" | "charCodeAt" | "charAt" | "slice">;

/** The first offset from `p` on that is no white space. */
export function afterSpace(text: JsonText, p: number): number {
  let q = p;
  while (q < text.length && isSpace(text.charCodeAt(q))) q++;
  return q;
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}

/** @param p where the opening quote stands */
export function afterString(text: JsonText, p: number): number {
  let q = p + 1;
  while (q < text.length) {
    const unit = text.charCodeAt(q);
    if (unit === 0x22) return q + 1;
    if (unit < 0x20) return ~q;
    if (unit !== 0x5c) q++;
    else {
      const end = afterEscape(text, q);
      if (end < 0) return end;
      q = end;
    }
  }
  return ~q;
}

function afterEscape(text: JsonText, p: number): number {
  const letter = text.charAt(p + 1);
  if (letter !== "u") return letter !== "" && '"\\/bfnrt'.includes(letter) ? p + 2 : ~(p + 1);
  for (let q = p + 2; q < p + 6; q++) if (!/^[0-9a-fA-F]$/.test(text.charAt(q))) return ~q;
  return p + 6;
}

/** A string, a number or one of the three words. */
export function afterScalar(text: JsonText, p: number): number {
  const unit = text.charCodeAt(p);
  if (unit === 0x22) return afterString(text, p);
  if (unit === 0x2d || isDigit(unit)) return afterNumber(text, p);
  // No token begins with a space: where no word begins either, the first character is the wrong one.
  const word = ["true", "false", "null"].find((each) => each[0] === text.charAt(p)) ?? " ";
  for (let i = 0; i < word.length; i++) if (text.charAt(p + i) !== word[i]) return ~(p + i);
  return p + word.length;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function afterNumber(text: JsonText, p: number): number {
  const whole = text.charAt(p) === "-" ? p + 1 : p;
  let q = text.charAt(whole) === "0" ? whole + 1 : afterDigits(text, whole);
  if (q >= 0 && text.charAt(q) === ".") q = afterDigits(text, q + 1);
  if (q < 0 || !/[eE]/.test(text.charAt(q))) return q;
  return afterDigits(text, /[-+]/.test(text.charAt(q + 1)) ? q + 2 : q + 1);
}

function afterDigits(text: JsonText, p: number): number {
  let q = p;
  while (q < text.length && isDigit(text.charCodeAt(q))) q++;
  return q === p ? ~q : q;
}
