// Sends one value through a codec in both formats and compares what comes back.
import { isDeepStrictEqual } from "node:util";
import type { Codec } from "./compiled-codecs.ts";

/** What went wrong, and by which code if the codec refused the value. */
export interface Wrong {
  readonly text: string;
  readonly code?: unknown;
}

/** Undefined if both formats gave the value back. */
export function roundTrip(codec: Codec, value: unknown): Wrong | undefined {
  return attempt(() => {
    if (!isDeepStrictEqual(codec.decode(codec.encode(value)), value))
      return "MessagePack gives another value";
    const text = codec.stringify(value);
    return isDeepStrictEqual(codec.parse(text), value) ? undefined : `JSON gives another value: ${text}`;
  });
}

/**
 * The same for a value that holds more than its type says, which does not come back: what comes back must be of the
 * type, and be written as the value is.
 */
export function rewrite(codec: Codec, value: unknown): Wrong | undefined {
  return attempt(() => {
    const bytes = codec.encode(value);
    const decoded = codec.decode(bytes);
    if (!codec.is(decoded)) return "MessagePack gives what is not of the type";
    if (!isDeepStrictEqual(codec.encode(decoded), bytes)) return "MessagePack is written differently again";
    const text = codec.stringify(value);
    const parsed = codec.parse(text);
    if (!codec.is(parsed)) return "JSON gives what is not of the type";
    return codec.stringify(parsed) === text ? undefined : `JSON is written differently again: ${text}`;
  });
}

function attempt(step: () => string | undefined): Wrong | undefined {
  try {
    const text = step();
    return text === undefined ? undefined : { text };
  } catch (error) {
    if (!(error instanceof Error)) return { text: String(error) };
    const text = `${error.name}: ${error.message}`;
    return "code" in error ? { text, code: error.code } : { text };
  }
}

/**
 * Reads the JSON of a value that is not of the type: it may be refused, with the codec's own error, or read as a value
 * of the type. Answers anything else.
 */
export function readWrong(codec: Codec, value: unknown): Wrong | undefined {
  let read: unknown;
  try {
    read = codec.parse(
      JSON.stringify(value, (_, each: unknown) => (typeof each === "bigint" ? `${each}` : each)) ?? "",
    );
  } catch (error) {
    const isTyped = error instanceof Error && "code" in error && "path" in error;
    return isTyped ? undefined : { text: `parse throws ${String(error)}` };
  }
  return codec.is(read) ? undefined : { text: "parse gives back what is not of the type" };
}

/** How a value is shown in a report: short, whatever it holds. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value, (_, each: unknown) => {
    if (typeof each === "bigint") return `${each}n`;
    if (each === undefined) return "undefined";
    return typeof each === "number" && !Number.isFinite(each) ? String(each) : each;
  });
  return text === undefined ? String(value) : text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
