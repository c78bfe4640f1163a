// What every case needs: the runtime's errors, counters, a digest of all that happened, and the black box.
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { BlackBox } from "./black-box.ts";
import type { Dice } from "./dice.ts";
import type { Kind, Setting } from "./job.ts";
import type { Subject } from "./subject.ts";

/** The part of the runtime that cases look at, out of the same bundle as the codecs. */
export interface Runtime {
  readonly DecodeError: new (...values: never[]) => WireErrorLike;
  readonly EncodeError: new (...values: never[]) => WireErrorLike;
  readonly decodeErrorCodes: Readonly<Record<string, string>>;
  readonly encodeErrorCodes: Readonly<Record<string, string>>;
}

export interface WireErrorLike extends Error {
  readonly code: string;
  readonly path: string;
  readonly offset?: number;
}

/** Something that must not happen. */
export class Wrong extends Error {}

export function same(actual: unknown, expected: unknown, what: string): void {
  if (!isDeepStrictEqual(actual, expected))
    throw new Wrong(`${what}: ${brief(actual)} instead of ${brief(expected)}`);
}

/** A value as text, for people; never fails, however odd the value. */
export function brief(value: unknown, length = 400): string {
  try {
    const text = inspected(value);
    return text.length > length ? `${text.slice(0, length)}…` : text;
  } catch {
    return "a value that cannot be shown";
  }
}

function inspected(value: unknown): string {
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString("hex")}`;
  if (value instanceof Map) return `Map ${inspected([...value])}`;
  if (value instanceof Set) return `Set ${inspected([...value])}`;
  if (Array.isArray(value)) return `[${Array.from(value, inspected).join(", ")}]`;
  if (typeof value === "bigint") return `${value}n`;
  if (Object.is(value, -0)) return "-0";
  if (typeof value !== "object" || value === null)
    return typeof value === "string" ? JSON.stringify(value) : String(value);
  const entries = Object.keys(value).map(
    (key) => `${JSON.stringify(key)}: ${inspected(Reflect.get(value, key))}`,
  );
  return `{ ${entries.join(", ")} }`;
}

export class Bench {
  readonly runtime: Runtime;
  readonly subjects: readonly Subject[];
  readonly setting: Setting;
  dice: Dice;
  readonly counts = new Map<string, number>();
  readonly #box: BlackBox;
  readonly #hash = createHash("sha256");
  /** Off while an input is being shrunk: that must leave no trace. */
  isRecording = true;

  constructor(runtime: Runtime, subjects: readonly Subject[], setting: Setting, dice: Dice, box: BlackBox) {
    this.runtime = runtime;
    this.subjects = subjects;
    this.setting = setting;
    this.dice = dice;
    this.#box = box;
  }

  count(what: string): void {
    if (this.isRecording) this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** Notes what is about to be tried. */
  begin(kind: Kind, subject: Subject, input: string | Uint8Array): void {
    this.#box.note(`${kind} ${subject.title}`, input);
    if (this.isRecording) this.#hash.update(input);
  }

  beat(): void {
    this.#box.beat();
  }

  /** The outcome of a call that may throw one of the two errors. */
  outcome(call: () => unknown, side: "decode" | "encode"): { value: unknown } | { error: WireErrorLike } {
    try {
      return { value: call() };
    } catch (error) {
      const expected = side === "decode" ? this.runtime.DecodeError : this.runtime.EncodeError;
      if (!(error instanceof expected)) throw error;
      this.count(`${side}: ${error.code}`);
      if (this.isRecording) this.#hash.update(error.code);
      return { error };
    }
  }

  digest(): string {
    return this.#hash.digest("hex").slice(0, 16);
  }
}

/** What every error says about itself: a known code, a path from the root, and for input an offset inside it. */
export function checkError(bench: Bench, error: WireErrorLike, subject: Subject, length?: number): void {
  const codes = length === undefined ? bench.runtime.encodeErrorCodes : bench.runtime.decodeErrorCodes;
  if (!Object.hasOwn(codes, error.code)) throw new Wrong(`the code ${error.code} is not in the list`);
  const { offset = 0 } = error;
  if (length !== undefined && !(Number.isInteger(offset) && offset >= 0 && offset <= length)) {
    throw new Wrong(`offset ${offset} (${error.code}) lies outside of ${length}`);
  }
  if (!error.path.startsWith(subject.named.name)) throw new Wrong(`the path ${error.path} has no root`);
  if (!error.message.includes(error.path)) throw new Wrong("the message has no path");
  if (!isPrintable(error.message)) {
    throw new Wrong(`the message has control characters: ${brief(error.message)}`);
  }
}

/** Nothing that moves a terminal's cursor or ends a line of a log. */
export function isPrintable(text: string): boolean {
  return !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
}
