// Template literal types: which texts they accept, exactly as TypeScript matches a string literal against them, and
// when one accepts all that another does.

/**
 * One pattern of a template: texts at even places, what stands between them at odd ones. A placeholder is `string`,
 * `number`, `bigint`, or one of the language's mappings of strings: `Uppercase<string>`, `Capitalize<Lowercase<string>>`.
 * A pattern without placeholders is a literal.
 */
export type Pattern = readonly string[];

const mappings: ReadonlyMap<string, (text: string) => string> = new Map([
  ["Uppercase", (text) => text.toUpperCase()],
  ["Lowercase", (text) => text.toLowerCase()],
  ["Capitalize", (text) => text.charAt(0).toUpperCase() + text.slice(1)],
  ["Uncapitalize", (text) => text.charAt(0).toLowerCase() + text.slice(1)],
]);

/** Whether a text names a placeholder. */
function isPlaceholder(text: string): boolean {
  if (text === "string" || text === "number" || text === "bigint") return true;
  const names = text.split("<");
  const inner = names.pop();
  return (
    names.length > 0 &&
    inner === `string${">".repeat(names.length)}` &&
    names.every((name) => mappings.has(name))
  );
}

/** Whether JSON is a pattern. */
export function isPattern(json: unknown): json is Pattern {
  if (!Array.isArray(json) || json.length % 2 === 0) return false;
  return json.every((part, index) => typeof part === "string" && (index % 2 === 0 || isPlaceholder(part)));
}

/** Whether one of the patterns accepts a text. */
export function accepts(patterns: readonly Pattern[], text: string): boolean {
  return patterns.some((pattern) => matches(pattern, text));
}

/** Each placeholder but the last ends where the text behind it is found first, or after one unit where there is none. */
function matches(pattern: Pattern, text: string): boolean {
  const { texts, placeholders } = split(pattern);
  const [head = "", ...others] = texts;
  const tail = others.pop();
  if (tail === undefined) return text === head;
  const end = text.length - tail.length;
  if (head.length > end || !text.startsWith(head) || !text.endsWith(tail)) return false;
  const parts: string[] = [];
  let from = head.length;
  for (const delimiter of others) {
    const at = delimiter === "" ? from + 1 : text.slice(0, end).indexOf(delimiter, from);
    if (at < 0 || at > end) return false;
    parts.push(text.slice(from, at));
    from = at + delimiter.length;
  }
  parts.push(text.slice(from, end));
  return parts.every((part, index) => fits(placeholders[index] ?? "", part));
}

function split(pattern: Pattern): {
  readonly texts: readonly string[];
  readonly placeholders: readonly string[];
} {
  return {
    texts: pattern.filter((_, index) => index % 2 === 0),
    placeholders: pattern.filter((_, index) => index % 2 === 1),
  };
}

const bigintText = /^-?(?:0|[1-9]\d*|0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+)$/;

function fits(placeholder: string, text: string): boolean {
  if (placeholder === "string") return true;
  if (placeholder === "number") return text !== "" && Number.isFinite(Number(text));
  if (placeholder === "bigint") return bigintText.test(text);
  const names = placeholder.split("<").slice(0, -1);
  return names.reduceRight((mapped, name) => mappings.get(name)?.(mapped) ?? mapped, text) === text;
}

/** Without repetitions and without literals that another pattern accepts, in an order that depends on nothing else. */
export function normalized(patterns: readonly Pattern[]): readonly Pattern[] {
  const open = patterns.filter((pattern) => pattern.length > 1);
  const literals = patterns.filter((pattern) => pattern.length === 1 && !accepts(open, pattern[0] ?? ""));
  const texts = new Set([...open, ...literals].map((pattern) => JSON.stringify(pattern)));
  return [...texts].sort().map((text) => JSON.parse(text) as Pattern);
}

/**
 * Whether every text that some pattern of `narrow` accepts is accepted by `wide`. Where it says no that may be too
 * strict: it compares patterns one by one, and does not ask what several of them accept together.
 */
export function covers(wide: readonly Pattern[], narrow: readonly Pattern[]): boolean {
  return narrow.every((pattern) => {
    if (pattern.length === 1) return accepts(wide, pattern[0] ?? "");
    return wide.some((other) => coversPattern(other, pattern));
  });
}

function coversPattern(wide: Pattern, narrow: Pattern): boolean {
  const [outer, inner] = [split(wide), split(narrow)];
  // With the same texts both are cut in the same places.
  const isSame =
    wide.length === narrow.length && outer.texts.every((text, index) => text === inner.texts[index]);
  const isWider = (placeholder: string, index: number): boolean =>
    placeholder === "string" || placeholder === inner.placeholders[index];
  if (isSame && outer.placeholders.every(isWider)) return true;
  return outer.placeholders.every((each) => each === "string") && standsIn(outer.texts, inner.texts);
}

/** Whether the texts of a pattern that asks for nothing else stand in order within the texts of another. */
function standsIn(wanted: readonly string[], texts: readonly string[]): boolean {
  const [head = "", ...others] = wanted;
  const tail = others.pop();
  const [first = "", last = ""] = [texts[0], texts.at(-1)];
  if (tail === undefined || texts.length < 2 || !first.startsWith(head) || !last.endsWith(tail)) return false;
  const known = [first.slice(head.length), ...texts.slice(1, -1), last.slice(0, last.length - tail.length)];
  let segment = 0;
  let from = 0;
  for (const delimiter of others) {
    // Between two placeholders without a text stands one unit of text that is known to be there.
    const length = Math.max(delimiter.length, 1);
    let at = -1;
    while (segment < known.length && at < 0) {
      const text = known[segment] ?? "";
      at = delimiter === "" ? (from < text.length ? from : -1) : text.indexOf(delimiter, from);
      if (at < 0) [segment, from] = [segment + 1, 0];
    }
    if (at < 0) return false;
    from = at + length;
  }
  return true;
}

/** A template as TypeScript writes it: `"auto" | \`${number}px\``. */
export function templateText(patterns: readonly Pattern[]): string {
  return patterns.map(patternText).join(" | ");
}

function patternText(pattern: Pattern): string {
  if (pattern.length === 1) return quoted(pattern[0] ?? "");
  const parts = pattern.map((part, index) => (index % 2 === 1 ? `\${${part}}` : inTemplate(part)));
  return `\`${parts.join("")}\``;
}

/** A double-quoted literal, without characters that end lines or cannot be seen. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029\u007f-\u009f]/g, escaped);
}

function inTemplate(text: string): string {
  const inner = quoted(text).slice(1, -1).replaceAll('\\"', '"');
  return inner.replaceAll("`", "\\`").replaceAll("${", "\\${");
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
