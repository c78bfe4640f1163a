// Cases of encoding what is no value of the type: an EncodeError or the value's own error, and nothing of a message
// that failed is seen in the next.
import { isNotFinite } from "../../plugin/src/property/not-finite.testing.ts";
import { referenceDecode } from "../../plugin/src/property/reference-decode.testing.ts";
import { referenceParse } from "../../plugin/src/property/reference-parse.testing.ts";
import { type Bench, brief, checkError, isPrintable, same, Wrong } from "./bench.ts";
import { edgeValue } from "./edge-values.ts";
import { type Hostile, hostileValue, Sprung } from "./hostile-values.ts";
import type { Subject } from "./subject.ts";

/** Messages are views on a buffer that is never written again: some are kept to see that it is so. */
interface Kept {
  readonly view: Uint8Array;
  readonly copy: Uint8Array;
}

const keptMax = 64;
const kept: Kept[] = [];

export function hostileInput(bench: Bench, subject: Subject): Hostile {
  const { dice } = bench;
  if (dice.oneIn(4)) {
    const value = edgeValue(subject.named.shape, dice.of(subject.values), dice);
    return { value, what: "an edge of its type", isStill: true };
  }
  const source = dice.oneIn(3) ? dice.of(bench.subjects) : subject;
  return hostileValue(dice.of(source.values), dice);
}

export function judgeHostile(bench: Bench, subject: Subject, hostile: Hostile): void {
  // The values are known by how they were made: looking into them would set them off.
  bench.begin("hostile", subject, hostile.what);
  bench.count(`hostile: ${hostile.what}`);
  const encoded = attempt(bench, subject, hostile, () => subject.encode(hostile.value));
  afterwards(bench, subject);
  const target = new Uint8Array(64).fill(0xaa);
  attempt(bench, subject, hostile, () => subject.encodeInto(hostile.value, target, 7));
  same(target.subarray(0, 7), new Uint8Array(7).fill(0xaa), "what stands before the offset");
  const text = attempt(bench, subject, hostile, () => subject.stringify(hostile.value));
  afterwards(bench, subject);
  if (encoded instanceof Uint8Array) soundBytes(bench, subject, encoded);
  if (typeof text === "string") soundText(bench, subject, text);
  const written = attempt(bench, subject, hostile, () => subject.stringifyToBytes(hostile.value));
  afterwards(bench, subject);
  if (written instanceof Uint8Array) soundText(bench, subject, Buffer.from(written).toString());
  if (!hostile.isStill) return;
  same(written && Buffer.from(written as Uint8Array).toString(), text, "the text of stringifyToBytes");
  const stringifies = text !== undefined || isNotFinite(() => subject.stringify(hostile.value));
  agreement(subject, hostile.value, encoded !== undefined, stringifies);
}

/** What a call gives; `undefined` when it threw what it may throw. */
function attempt(bench: Bench, subject: Subject, hostile: Hostile, call: () => unknown): unknown {
  try {
    const outcome = bench.outcome(call, "encode");
    if ("value" in outcome) return outcome.value;
    checkError(bench, outcome.error, subject);
  } catch (error) {
    if (error instanceof Wrong) throw error;
    // A revoked proxy answers nothing, and a proxy of a Map or Set is none to the engine's own functions.
    const isProxy = hostile.what === "revoked proxy" || hostile.what === "honest proxy";
    const isOwn = error instanceof Sprung || (isProxy && error instanceof TypeError);
    if (!isOwn) throw error;
    bench.count("encode: the value's own error");
  }
  return undefined;
}

/** Another message is what it always was, and earlier ones have not changed. */
function afterwards(bench: Bench, subject: Subject): void {
  const other = bench.dice.oneIn(2) ? subject : bench.dice.of(bench.subjects);
  const index = bench.dice.below(other.values.length);
  const message = other.messages[index];
  if (message && other.messages.length === other.values.length) {
    const view = other.encode(other.values[index]);
    same(view.slice(), message, `${other.title} after a failed message`);
    kept.push({ view, copy: view.slice() });
  }
  if (kept.length > keptMax) kept.splice(0, keptMax / 2);
  if (!bench.dice.oneIn(8)) return;
  for (const { view, copy } of kept) same(view.slice(), copy, "a message that was given out before");
}

function soundBytes(bench: Bench, subject: Subject, bytes: Uint8Array): void {
  const hex = Buffer.from(bytes.subarray(0, 2000)).toString("hex");
  const expected = referenceDecode(subject.named.shape, bytes);
  if (!expected) throw new Wrong(`encode gave ${hex}, which is no message of the type`);
  if (bytes.length < 5000) same(subject.decode(bytes), expected.value, `decode(${hex})`);
  bench.count("encode: a value");
}

function soundText(bench: Bench, subject: Subject, text: string): void {
  const expected = referenceParse(subject.named.shape, text);
  if (!expected) throw new Wrong(`stringify gave ${brief(text)}, which is no text of the type`);
  same(subject.parse(text), expected.value, `parse(${brief(text)})`);
  bench.count("stringify: a value");
}

function agreement(subject: Subject, value: unknown, encodes: boolean, stringifies: boolean): void {
  const is = subject.is(value);
  const said = `is says ${is}, encode ${encodes}, stringify ${stringifies} for ${brief(value)}`;
  if (is !== encodes || is !== stringifies) throw new Wrong(said);
  const why = subject.explain(value) as { readonly expected: string; readonly path: string } | undefined;
  if ((why === undefined) !== is) throw new Wrong(`explain and is differ for ${brief(value)}`);
  if (why && !isPrintable(why.path + why.expected)) throw new Wrong(`explain shows ${brief(why)}`);
}
