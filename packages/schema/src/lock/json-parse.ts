// Reads JSON with the line of each value, and refuses what JSON.parse lets pass: a key that stands twice in an object is
// what a careless merge of two branches leaves behind.
import { LockError } from "./lock-error.ts";

/** A JSON value and the line on which it begins, from 1. */
export interface Located {
  readonly line: number;
  readonly value: string | number | boolean | null | readonly Located[] | ReadonlyMap<string, Located>;
}

const depthMax = 256;
const token = /([[\]{}:,])|("(?:[^"\\\u0000-\u001f]|\\.)*")|([-+.\w]+)/y;

/** @throws {LockError} where the text is no JSON, nests too deep, or has a key twice. */
export function parseJson(text: string): Located {
  const parsing = new Parsing(text);
  const value = parsing.value(0);
  parsing.end();
  return value;
}

class Parsing {
  readonly #text: string;
  #offset = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): Located {
    if (depth > depthMax) throw new LockError(this.#line, "values are nested too deep");
    const first = this.#next();
    const line = this.#line;
    if (first === "[") return { line, value: this.#list(depth) };
    if (first === "{") return { line, value: this.#object(depth) };
    return { line, value: this.#scalar(first) };
  }

  end(): void {
    const offset = this.#blanks();
    if (offset < this.#text.length) throw new LockError(this.#line, "something follows the end of the JSON");
  }

  /** Counts the lines of the blanks that come next, and says where they end. */
  #blanks(): number {
    const blanks = /[ \t\r\n]*/y;
    blanks.lastIndex = this.#offset;
    this.#line += (blanks.exec(this.#text)?.[0].match(/\n/g) ?? []).length;
    return blanks.lastIndex;
  }

  #next(): string {
    token.lastIndex = this.#blanks();
    const found = this.#text[token.lastIndex];
    const match = token.exec(this.#text);
    if (match === null) {
      throw new LockError(this.#line, found === undefined ? "the JSON ends early" : `${found} is no JSON`);
    }
    this.#offset = token.lastIndex;
    return match[1] ?? match[2] ?? match[3] ?? "";
  }

  #scalar(text: string): string | number | boolean | null {
    try {
      const value: unknown = JSON.parse(text);
      if (value === null || typeof value !== "object") return value as string | number | boolean | null;
    } catch {
      // Reported below, with the line.
    }
    throw new LockError(this.#line, `${text} is no JSON value`);
  }

  #list(depth: number): readonly Located[] {
    const items: Located[] = [];
    if (this.#peek("]")) return items;
    do items.push(this.value(depth + 1));
    while (this.#continues("]"));
    return items;
  }

  #object(depth: number): ReadonlyMap<string, Located> {
    const entries = new Map<string, Located>();
    if (this.#peek("}")) return entries;
    do {
      const key = this.value(depth + 1);
      if (typeof key.value !== "string") throw new LockError(key.line, "a key is not a string");
      if (entries.has(key.value)) {
        throw new LockError(key.line, `the key ${JSON.stringify(key.value)} stands twice in the same object`);
      }
      const colon = this.#next();
      if (colon !== ":") throw new LockError(this.#line, `a colon is missing before ${colon}`);
      entries.set(key.value, this.value(depth + 1));
    } while (this.#continues("}"));
    return entries;
  }

  /** Consumes `end` if it is next. */
  #peek(end: string): boolean {
    const [offset, line] = [this.#offset, this.#line];
    if (this.#next() === end) return true;
    [this.#offset, this.#line] = [offset, line];
    return false;
  }

  #continues(end: string): boolean {
    const separator = this.#next();
    if (separator !== "," && separator !== end)
      throw new LockError(this.#line, `a comma is missing before ${separator}`);
    return separator === ",";
  }
}
