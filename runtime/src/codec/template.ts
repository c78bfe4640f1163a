// Template literal types: whether a text is one of theirs, exactly as TypeScript matches a string literal against them.
// One pass over the text for each pattern; no regular expression that a text could make slow.
import { quoted } from "./error-path.ts";

/**
 * The patterns of a template, each of which accepts texts: texts at even places, what stands between them at odd ones.
 * @typeParam T the template literal type itself
 */
export interface Template<T extends string = string> extends ReadonlyArray<readonly string[]> {
  /** Never there: it carries the type. */
  readonly type?: T;
}

/** Whether one of the patterns accepts `text`. */
export function matchesTemplate(patterns: Template, text: string): boolean {
  for (const pattern of patterns) if (matchesPattern(pattern, text)) return true;
  return false;
}

function matchesPattern(pattern: readonly string[], text: string): boolean {
  const last = pattern.length - 1;
  const head = pattern[0]!;
  if (last === 0) return text === head;
  const end = text.length - pattern[last]!.length;
  let from = head.length;
  if (from > end || !text.startsWith(head) || !text.endsWith(pattern[last]!)) return false;
  for (let i = 2; i < last; i += 2) {
    const delimiter = pattern[i]!;
    // What stands between two texts ends where the second is found first; where there is none, after one unit.
    const at = delimiter === "" ? from + 1 : text.indexOf(delimiter, from);
    if (at < from || at + delimiter.length > end || !fits(pattern[i - 1]!, text, from, at)) return false;
    from = at + delimiter.length;
  }
  return fits(pattern[last - 1]!, text, from, end);
}

/** Alternatives of which a text can begin only one: it is gone over once. */
const bigintText = /^-?(?:0|[1-9]\d*|0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+)$/;

/** Whether the text from `from` to `end` can stand in a placeholder. */
function fits(placeholder: string, text: string, from: number, end: number): boolean {
  if (placeholder === "string") return true;
  const part = text.slice(from, end);
  if (placeholder === "number") return part !== "" && Number.isFinite(+part);
  if (placeholder === "bigint") return bigintText.test(part);
  return mapped(placeholder, part) === part;
}

/** What `Uppercase<string>`, `Capitalize<Lowercase<string>>` and the like make of a text: the innermost comes first. */
function mapped(placeholder: string, text: string): string {
  const [name, ...inner] = placeholder.split("<");
  if (inner.length === 0) return text;
  const part = mapped(inner.join("<"), text);
  if (name === "Uppercase") return part.toUpperCase();
  if (name === "Lowercase") return part.toLowerCase();
  const first = part.charAt(0);
  return (name === "Capitalize" ? first.toUpperCase() : first.toLowerCase()) + part.slice(1);
}

const shownMax = 4;

/** The template as TypeScript writes it, the first few of many patterns. */
export function templateText(patterns: Template): string {
  const shown = patterns.slice(0, shownMax).map((pattern) => {
    if (pattern.length === 1) return quoted(pattern[0]!);
    return (
      "`" +
      pattern.map((part, i) => (i % 2 > 0 ? "${" + part + "}" : quoted(part).slice(1, -1))).join("") +
      "`"
    );
  });
  return shown.join(" | ") + (patterns.length > shownMax ? " | …" : "");
}
