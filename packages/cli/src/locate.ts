// Lines and columns of spans, for reports.
import type { Span } from "@hewn/plugin";
import { readIfPresent } from "./read-file.ts";

/** The line and column of a span's start, both from 1; columns count UTF-16 units. */
export type Locate = (span: Span) => { readonly line: number; readonly column: number };

/** Reads each file once. @param known texts to go by instead of those on the disk */
export function locator(known: ReadonlyMap<string, string> = new Map()): Locate {
  const texts = new Map(known);
  return ({ file, start }) => {
    const text = texts.get(file) ?? readIfPresent(file) ?? "";
    texts.set(file, text);
    const before = text.slice(0, start).split(/\r\n|[\n\r\u2028\u2029]/);
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  };
}
