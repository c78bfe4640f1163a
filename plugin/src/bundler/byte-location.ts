// Where a span stands in the terms of esbuild: a 1-based line, and column and length in UTF-8 bytes of that line.

export interface ByteLocation {
  /** 1-based. */
  readonly line: number;
  /** UTF-8 bytes from the start of the line. */
  readonly column: number;
  /** UTF-8 bytes; a span of several lines ends with its first. */
  readonly length: number;
  readonly lineText: string;
}

const lineBreak = /\r\n|[\n\r\u2028\u2029]/g;

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** @param start and `length` count UTF-16 units; a start beyond the text is taken for its end */
export function byteLocation(text: string, start: number, length: number): ByteLocation {
  const from = Math.max(0, Math.min(start, text.length));
  let line = 1;
  let lineStart = 0;
  let lineEnd = text.length;
  for (const found of text.matchAll(lineBreak)) {
    const next = found.index + found[0].length;
    if (next > from) {
      lineEnd = found.index;
      break;
    }
    line += 1;
    lineStart = next;
  }
  const to = Math.max(from, Math.min(from + length, lineEnd));
  return {
    line,
    column: utf8Length(text.slice(lineStart, from)),
    length: utf8Length(text.slice(from, to)),
    lineText: text.slice(lineStart, lineEnd),
  };
}
