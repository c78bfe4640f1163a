// Cases of decoding and parsing: any bytes and any text give what the reference gives, or the typed error.
import { decode } from "@msgpack/msgpack";
import { expectedJson } from "../../plugin/src/property/json-oracle.testing.ts";
import { isNotFinite } from "../../plugin/src/property/not-finite.testing.ts";
import {
  referenceDecode,
  reformatted,
  type Verdict,
} from "../../plugin/src/property/reference-decode.testing.ts";
import { referenceParse } from "../../plugin/src/property/reference-parse.testing.ts";
import { readTree } from "../../plugin/src/property/wire-tree.testing.ts";
import { type Bench, brief, checkError, same, Wrong } from "./bench.ts";
import { damagedBytes } from "./damaged-bytes.ts";
import { damagedText } from "./damaged-text.ts";
import { edgeValue } from "./edge-values.ts";
import type { Subject } from "./subject.ts";

/** Limits that the references do not have; below so many bytes nothing can reach them. */
const limits: Readonly<Record<string, number>> = { overBudget: 1500, tooDeep: 128 };

/** With nothing in it, whatever Object.prototype has. */
const noOptions: object = Object.freeze(Object.create(null));

export function bytesInput(bench: Bench, subject: Subject): Uint8Array {
  const { dice } = bench;
  const message = dice.of(subject.messages);
  if (dice.oneIn(8)) {
    const tree = readTree(message);
    if (tree) return reformatted(tree, (count) => dice.below(count));
  }
  const other = dice.oneIn(2) ? subject : dice.of(bench.subjects);
  return damagedBytes(message, dice.of(other.messages), dice);
}

export function judgeBytes(bench: Bench, subject: Subject, input: Uint8Array): void {
  bench.begin("bytes", subject, input);
  const given = input.slice();
  const outcome = bench.outcome(() => subject.decode(given), "decode");
  same(given, input, "decoding changed its input");
  // With options a message is read with care from the start, without a try at what our own writer puts.
  const careful = bench.outcome(() => subject.decode(given, noOptions), "decode");
  same(told(outcome), told(careful), "without options");
  // Decoded values own their memory.
  given.fill(0xee);
  const expected = referenceDecode(subject.named.shape, input);
  if ("error" in outcome) {
    checkError(bench, outcome.error, subject, input.length);
    return refusalIsRight(outcome.error.code, input.length, expected);
  }
  bench.count("decode: a value");
  acceptanceIsRight(outcome.value, expected);
  judgeValue(bench, subject, outcome.value);
}

function told(outcome: Outcome): unknown {
  return "error" in outcome ? String(outcome.error) : outcome.value;
}

export function textInput(bench: Bench, subject: Subject): string {
  const { dice } = bench;
  if (dice.oneIn(3)) {
    const text = edgeText(bench, subject);
    if (text !== undefined) return text;
  }
  const other = dice.oneIn(2) ? subject : dice.of(bench.subjects);
  return damagedText(dice.of(subject.texts), dice.of(other.texts), dice);
}

/** The text of a value at an edge of its type; none where not even the oracle has one. */
function edgeText({ dice }: Bench, { named, values }: Subject): string | undefined {
  try {
    return JSON.stringify(expectedJson(named.shape, edgeValue(named.shape, dice.of(values), dice)));
  } catch {
    return undefined;
  }
}

type Outcome = ReturnType<Bench["outcome"]>;

export function judgeText(bench: Bench, subject: Subject, input: string): void {
  bench.begin("texts", subject, input);
  const outcome = bench.outcome(() => subject.parse(input), "decode");
  // Absent properties are read from a polluted prototype: there the reference knows less than the codec.
  const expected = bench.setting === "polluted" ? undefined : referenceParse(subject.named.shape, input);
  if (!/\p{Surrogate}/u.test(input)) judgeTextAsBytes(bench, subject, input, outcome);
  if ("error" in outcome) {
    checkError(bench, outcome.error, subject, input.length);
    return refusalIsRight(outcome.error.code, input.length, expected);
  }
  bench.count("parse: a value");
  if (bench.setting !== "polluted") acceptanceIsRight(outcome.value, expected);
  judgeValue(bench, subject, outcome.value);
}

/** The bytes of a text give what the text gives, with offsets in bytes. */
function judgeTextAsBytes(bench: Bench, subject: Subject, input: string, text: Outcome): void {
  const bytes = new TextEncoder().encode(input);
  const outcome = bench.outcome(() => subject.parseFromBytes(bytes), "decode");
  if ("error" in outcome) {
    checkError(bench, outcome.error, subject, bytes.length);
    const offset = "error" in text ? text.error.offset : undefined;
    const before = new TextEncoder().encode(input.slice(0, offset)).length;
    same(
      outcome.error.offset,
      offset === undefined ? "none: the text was taken" : before,
      "its offset in bytes",
    );
    return same(outcome.error.code, "error" in text ? text.error.code : undefined, "its code in bytes");
  }
  if ("error" in text) throw new Wrong(`the bytes gave ${brief(outcome.value)}, the text ${text.error.code}`);
  same(outcome.value, text.value, "the bytes of it gave");
}

function refusalIsRight(code: string, length: number, expected: Verdict): void {
  const isLimit = limits[code] !== undefined && length >= limits[code];
  if (expected && !isLimit) throw new Wrong(`refused (${code}) instead of ${brief(expected.value)}`);
}

function acceptanceIsRight(value: unknown, expected: Verdict): void {
  if (!expected) throw new Wrong(`gave ${brief(value)} instead of an error`);
  same(value, expected.value, "gave");
}

/** What was read is of the type and can be sent on. With a polluted prototype every look at a value sees more. */
function judgeValue(bench: Bench, subject: Subject, value: unknown): void {
  if (bench.setting === "polluted") return;
  if (!subject.is(value))
    throw new Wrong(`gave ${brief(value)}, which is not of the type: ${brief(subject.explain(value))}`);
  const bytes = subject.encode(value);
  same(subject.decode(bytes), value, "comes back from MessagePack as");
  if (!isNotFinite(() => subject.stringify(value)))
    same(subject.parse(subject.stringify(value)), value, "comes back from JSON as");
  // An independent reader of the format takes it; one that assigns properties cannot work where nothing is assignable.
  if (bench.setting !== "frozen") readElsewhere(bytes);
}

function readElsewhere(bytes: Uint8Array): void {
  try {
    decode(bytes, { useBigInt64: true, mapKeyConverter: (key) => `key ${String(key)}` });
  } catch (error) {
    // It makes objects of maps, and so refuses a key that a Map may well have.
    if (!(error instanceof Error && error.message.includes("The key __proto__"))) throw error;
  }
}
