// The tokens of JSON. A function that gets to the end of a token returns the offset after it; one that meets what
// JSON does not allow returns ~offset of that, which is negative.

/** The first offset from `p` on that is no white space. */
export function afterSpace(text: string, p: number): number {
  let q = p;
  while (q < text.length && isSpace(text.charCodeAt(q))) q++;
  return q;
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}

/** @param p where the opening quote stands */
export function afterString(text: string, p: number): number {
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

function afterEscape(text: string, p: number): number {
  const letter = text.charAt(p + 1);
  if (letter !== "u") return letter !== "" && '"\\/bfnrt'.includes(letter) ? p + 2 : ~(p + 1);
  for (let q = p + 2; q < p + 6; q++) if (!/^[0-9a-fA-F]$/.test(text.charAt(q))) return ~q;
  return p + 6;
}

/** A string, a number or one of the three words. */
export function afterScalar(text: string, p: number): number {
  const unit = text.charCodeAt(p);
  if (unit === 0x22) return afterString(text, p);
  if (unit === 0x2d || isDigit(unit)) return afterNumber(text, p);
  for (const word of ["true", "false", "null"])
    if (text.charAt(p) === word[0]) return afterWord(text, p, word);
  return ~p;
}

function afterWord(text: string, p: number, word: string): number {
  for (let i = 1; i < word.length; i++) if (text.charAt(p + i) !== word[i]) return ~(p + i);
  return p + word.length;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function afterNumber(text: string, p: number): number {
  const whole = text.charAt(p) === "-" ? p + 1 : p;
  let q = text.charAt(whole) === "0" ? whole + 1 : afterDigits(text, whole);
  if (q >= 0 && text.charAt(q) === ".") q = afterDigits(text, q + 1);
  if (q < 0 || (text.charAt(q) !== "e" && text.charAt(q) !== "E")) return q;
  const sign = text.charAt(q + 1);
  return afterDigits(text, sign === "+" || sign === "-" ? q + 2 : q + 1);
}

function afterDigits(text: string, p: number): number {
  let q = p;
  while (q < text.length && isDigit(text.charCodeAt(q))) q++;
  return q === p ? ~q : q;
}
