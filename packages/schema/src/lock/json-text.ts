// JSON text that is reviewed line by line: objects keep the order of their keys, short ones stand on one line, and
// objects whose keys are numbers stand with one key a line, so that one member is one line of a diff.

/** A JSON value; objects are maps, because an object would sort keys that look like numbers first. */
export type Json = null | string | number | boolean | readonly Json[] | ReadonlyMap<string, Json>;

const columnsMax = 110;

/** A value in one line, with a blank inside braces and after commas and colons. */
export function lineOfJson(json: Json): string {
  if (json instanceof Map) {
    const pairs = [...entriesOf(json)].map(([key, value]) => `${JSON.stringify(key)}: ${lineOfJson(value)}`);
    return pairs.length === 0 ? "{}" : `{ ${pairs.join(", ")} }`;
  }
  if (isList(json)) return `[${json.map(lineOfJson).join(", ")}]`;
  return JSON.stringify(json);
}

/** A value in lines of at most 110 columns where it can be broken; `isOpen` says which values are always broken. */
export function textOfJson(json: Json, isOpen: (path: readonly string[]) => boolean): string {
  return `${new Layout(isOpen).text(json, [], 0)}\n`;
}

class Layout {
  readonly #isOpen: (path: readonly string[]) => boolean;
  readonly #broken = new Map<Json, boolean>();

  constructor(isOpen: (path: readonly string[]) => boolean) {
    this.#isOpen = isOpen;
  }

  /** @param column where the text begins, in columns */
  text(json: Json, path: readonly string[], column: number): string {
    const indent = "  ".repeat(path.length);
    if (!this.#mustBreak(json, path)) {
      const line = lineOfJson(json);
      if (column + line.length < columnsMax || typeof json !== "object" || json === null) return line;
    }
    const inner = `${indent}  `;
    if (isList(json)) {
      const items = json.map(
        (item, index) => inner + this.text(item, [...path, String(index)], inner.length),
      );
      return `[\n${items.join(",\n")}\n${indent}]`;
    }
    const pairs = [...entriesOf(json)].map(([key, value]) => {
      const head = `${inner}${JSON.stringify(key)}: `;
      return head + this.text(value, [...path, key], head.length);
    });
    return `{\n${pairs.join(",\n")}\n${indent}}`;
  }

  /** A value that holds one that is broken cannot stand on one line. */
  #mustBreak(json: Json, path: readonly string[]): boolean {
    if (typeof json !== "object" || json === null) return false;
    const known = this.#broken.get(json) ?? this.#isBroken(json, path);
    this.#broken.set(json, known);
    return known;
  }

  #isBroken(json: Exclude<Json, null | string | number | boolean>, path: readonly string[]): boolean {
    const entries = [...entriesOf(json)];
    if (entries.length === 0) return false;
    if (this.#isOpen(path) || /^\d+$/.test(isList(json) ? "" : (entries[0]?.[0] ?? ""))) return true;
    return entries.some(([key, value]) => this.#mustBreak(value, [...path, key]));
  }
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

function entriesOf(json: Json): Iterable<readonly [string, Json]> {
  if (isList(json)) return json.map((item, index) => [String(index), item] as const);
  return json instanceof Map ? json : [];
}
