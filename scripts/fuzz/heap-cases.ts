// Cases of messages made to take much memory: what a decoded value holds stays within 64 times its message and a
// constant, by measurement, and it is decoded in linear time.
import { getHeapStatistics } from "node:v8";
import { allOf, readTree, type WireTree, writeTree } from "../../plugin/src/property/wire-tree.testing.ts";
import { type Bench, checkError, Wrong } from "./bench.ts";
import type { Dice } from "./dice.ts";
import type { Subject } from "./subject.ts";

const heapPerByte = 64;
/** What every message may take, and what the measurement itself wavers by. */
const heapConstant = (1 << 20) + 600_000;
const bytesWanted = 100_000;
const decodeMsMax = 3000;

/** A message of the type that repeats its smallest parts; most are valid. */
export function heapInput(bench: Bench, subject: Subject): Uint8Array {
  const { dice } = bench;
  let bytes = dice.of(subject.messages);
  let serial = 0;
  for (let rounds = 0; rounds < 5 && bytes.length < bytesWanted; rounds++) {
    const tree = readTree(bytes);
    const containers = tree ? allOf(tree).filter(({ kind }) => kind === "array" || kind === "map") : [];
    if (!tree || containers.length === 0) break;
    serial = multiply(dice.of(containers), dice.of([2, 10, 100, 20_000]), serial, dice);
    bytes = writeTree(tree);
  }
  return bytes;
}

/** Repeats a container's smallest item; keys and elements get other values, for sets and maps want them so. */
function multiply(tree: WireTree, times: number, from: number, dice: Dice): number {
  let serial = from;
  const count = (size: number) => Math.max(1, Math.min(times, Math.floor(bytesWanted / size)));
  if (tree.kind === "array" && tree.items.length > 0) {
    const item = smallest(tree.items, dice);
    const length = count(writeTree(item).length);
    tree.items = Array.from({ length }, () => renamed(item, serial++));
  }
  if (tree.kind === "map" && tree.entries.length > 0) {
    const [key, value] = dice.of(tree.entries);
    const length = count(writeTree(value).length + 3);
    tree.entries = Array.from({ length }, () => [renamed(key, serial++), value]);
  }
  return serial;
}

function smallest(items: readonly WireTree[], dice: Dice): WireTree {
  const sizes = items.map((item) => writeTree(item).length);
  const least = Math.min(...sizes);
  return dice.oneIn(4) ? dice.of(items) : (items[sizes.indexOf(least)] ?? dice.of(items));
}

function renamed(tree: WireTree, serial: number): WireTree {
  if (tree.kind === "integer") return { ...tree, value: BigInt(serial % 65_536) };
  return tree.kind === "text" ? { ...tree, bytes: new Uint8Array(Buffer.from(serial.toString(36))) } : tree;
}

function used(): number {
  globalThis.gc?.();
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
}

export function judgeHeap(bench: Bench, subject: Subject, input: Uint8Array): void {
  bench.begin("heap", subject, input);
  const given = input.slice();
  const before = used();
  const start = performance.now();
  const outcome = bench.outcome(() => subject.decode(given), "decode");
  const took = performance.now() - start;
  const taken = used() - before;
  if (took > decodeMsMax) throw new Wrong(`decoding ${input.length} bytes took ${Math.round(took)} ms`);
  if ("error" in outcome) return checkError(bench, outcome.error, subject, input.length);
  bench.count("heap: measured");
  const factor = (taken - heapConstant) / input.length;
  if (factor > heapPerByte) {
    throw new Wrong(
      `${input.length} bytes became ${taken} bytes of heap, ${factor.toFixed(1)} times as many`,
    );
  }
  if (taken > Math.max(1 << 20, heapPerByte * input.length) / 2)
    bench.count("heap: more than half of the budget");
  if (outcome.value === bench) throw new Wrong("the value must live until here");
}
