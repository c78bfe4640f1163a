// Cases of sound values: both formats carry them, say what the protocol says, and agree with independent readers.
import { expectedJson } from "../../plugin/src/property/json-oracle.testing.ts";
import { referenceDecode, reformatted } from "../../plugin/src/property/reference-decode.testing.ts";
import { referenceParse } from "../../plugin/src/property/reference-parse.testing.ts";
import { expectedWire, readWire } from "../../plugin/src/property/wire-oracle.testing.ts";
import { readTree } from "../../plugin/src/property/wire-tree.testing.ts";
import { type Bench, brief, same, Wrong } from "./bench.ts";
import { countKinds } from "./counted-kinds.ts";
import type { Subject } from "./subject.ts";

export function judgeSound(bench: Bench, subject: Subject, value: unknown): void {
  bench.begin("values", subject, brief(value, 100_000));
  if (bench.isRecording) countKinds(subject.named.shape, value, (kind) => bench.count(`type: ${kind}`));
  same(subject.explain(value), undefined, "explain");
  same(subject.is(value), true, "is");
  if (subject.clone) same(subject.clone(value), value, "clone");
  judgeMessage(bench, subject, value);
  judgeJson(subject, value);
}

function judgeMessage(bench: Bench, subject: Subject, value: unknown): void {
  const { shape } = subject.named;
  const bytes = subject.encode(value);
  const hex = Buffer.from(bytes).toString("hex");
  same(subject.decode(bytes), value, `decode(${hex})`);
  same(referenceDecode(shape, bytes)?.value, value, `the reference for ${hex}`);
  if (bench.setting !== "frozen")
    same(readWire(bytes), expectedWire(shape, value), `@msgpack/msgpack of ${hex}`);
  judgeBuffers(subject, value, bytes);
  const tree = readTree(bytes);
  if (!tree) throw new Wrong(`${hex} is no MessagePack`);
  const other = reformatted(tree, (count) => bench.dice.below(count));
  same(subject.decode(other), value, `decode(${Buffer.from(other).toString("hex")}), in other formats`);
  const cut = bytes.subarray(0, bench.dice.below(bytes.length));
  const outcome = bench.outcome(() => subject.decode(cut), "decode");
  if ("value" in outcome)
    throw new Wrong(`${hex} cut after ${cut.length} bytes gives ${brief(outcome.value)}`);
}

function judgeBuffers(subject: Subject, value: unknown, bytes: Uint8Array): void {
  const target = new Uint8Array(bytes.length + 5).fill(0xaa);
  same(subject.encodeInto(value, target, 3), bytes.length + 3, "the end of encodeInto");
  same(target.subarray(0, 3), new Uint8Array(3).fill(0xaa), "what stands before the offset");
  same(target.slice(3, -2), bytes.slice(), "encodeInto");
  const owned = subject.encode(value, { copy: true });
  same(owned, bytes.slice(), "encode with copy");
  if (owned.buffer.byteLength !== owned.length) throw new Wrong("encode with copy shares its buffer");
}

function judgeJson(subject: Subject, value: unknown): void {
  const { shape } = subject.named;
  const text = subject.stringify(value);
  same(subject.parse(text), value, `parse(${text})`);
  const bytes = subject.stringifyToBytes(value);
  same(Buffer.from(bytes).toString(), text, "the text of stringifyToBytes");
  same(subject.parseFromBytes(bytes), value, `parseFromBytes(${text})`);
  same(JSON.parse(text), expectedJson(shape, value), `JSON.parse(${text})`);
  same(referenceParse(shape, text)?.value, value, `the reference for ${text}`);
}
