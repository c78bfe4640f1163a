// What the engine really takes for decoded values, against what the decoder lets through: never more than 64 times the
// bytes of a message, whatever types it mixes.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Workspace } from "../bundler/workspace.testing.ts";
import { HeapMeter } from "./heap-meter.testing.ts";
import { bundleUrl } from "./imported-bundle.testing.ts";

const source = `import type { u8 } from "@hewn/runtime";

/** @wire */
export interface Chain { readonly v: u8; readonly next?: Chain }
/** @wire */
export interface Letters { readonly v: string; readonly next?: Letters }
/** @wire */
export interface Bigints { readonly v: bigint; readonly next?: Bigints }
/** @wire */
export interface Bare { readonly next?: Bare }
/** @wire */
export interface Undefined { readonly v: u8; readonly next?: Undefined; readonly x: u8 | undefined }
/** @wire */
export type Variant = { readonly t: "a"; readonly next?: Variant } | { readonly t: "b" };
/** @wire */
export type Nest = readonly [Nest | null];
/** @wire */
export type Grown = readonly [u8, u8?];
/** @wire */
export type Lists = readonly (readonly u8[])[];
/** @wire */
export interface Tagged { readonly v: u8; readonly tags: ReadonlySet<u8> }
/** @wire */
export type Sets = ReadonlySet<bigint>;
/** @wire */
export type Maps = ReadonlyMap<u8, u8>;
/** @wire */
export type Records = Readonly<Record<string, u8>>;
/** @wire */
export type Bytes = Uint8Array;
/** @wire */
export type Dates = Date;
`;

/** One value of each type, in as few bytes as possible for what it takes. */
const units: Readonly<Record<string, readonly string[]>> = {
  Chain: [`${"9205".repeat(100)}9105`, "9105"],
  Letters: [`${"92a26162".repeat(100)}91a0`, `${"92a0".repeat(100)}91a0`],
  Bigints: [`${"92ccff".repeat(100)}9105`, `${"92cdffff".repeat(100)}9105`],
  Bare: [`${"91".repeat(100)}90`, "90"],
  Undefined: [`${"9205".repeat(100)}9105`],
  Variant: [`${"9200".repeat(100)}9101`],
  Nest: [`${"91".repeat(100)}c0`],
  Grown: ["920506"],
  Lists: ["9190", "919105"],
  Tagged: ["92059101"],
  Sets: ["90", "99010203040506070809"],
  Maps: ["80", "8201020304", "8501020304050607080910"],
  Records: ["80", "81a16101"],
  Bytes: ["c400", "c403010203"],
  Dates: ["d6ff00000001"],
};

/** Reads a message that holds one list of each of these types. */
const decodeLists = `export function decodeLists(types: readonly (keyof typeof reads)[], message: Uint8Array): unknown[][] {
  const r = beginDecode("Message", message);
  return types.map((type) => {
    const read = reads[type];
    const items = new Array<unknown>(readListHeader(r));
    for (let i = 0; i < items.length; i++) items[i] = read(r, 128);
    return items;
  });
}
`;

const workspace = new Workspace({ "src/types.ts": source });
let meter: HeapMeter;

beforeAll(async () => {
  const names = [...source.matchAll(/export (?:interface|type) (\w+)/g)].map(([, name]) => name);
  workspace.write({
    "src/main.ts":
      `import { ${names.map((name) => `read${name}`).join(", ")} } from "./types.codec.js";\n` +
      'import { beginDecode, readListHeader } from "@hewn/runtime/codec";\n' +
      `const reads = { ${names.map((name) => `${name}: read${name}`).join(", ")} };\n${decodeLists}`,
  });
  meter = new HeapMeter(await bundleUrl(workspace, "src/main.ts"));
}, 60_000);

afterAll(async () => {
  await meter[Symbol.asyncDispose]();
  workspace[Symbol.dispose]();
});

interface Part {
  readonly type: string;
  readonly hex: string;
  readonly bytes: number;
}

/** A list of one unit again and again; records get keys of their own. */
function listOf({ type, hex, bytes }: Part, at: number): Buffer {
  const unit = Buffer.from(hex, "hex");
  const n = Math.floor(bytes / unit.length);
  const body = Buffer.alloc(n * unit.length);
  for (let i = 0; i < n; i++) body.set(unit, i * unit.length);
  if (type === "Records" && unit.length > 1)
    for (let i = 0; i < n; i++) body[i * unit.length + 2] = 0x61 + ((i + at) % 26);
  const head = Buffer.from([0xdd, n >>> 24, n >>> 16, n >>> 8, n]);
  return Buffer.concat([head, body]);
}

/** Bytes of heap for each byte of the message; 0 when it is refused. */
async function heapPerByte(parts: readonly Part[]): Promise<number> {
  const message = new Uint8Array(Buffer.concat(parts.map(listOf)));
  const types = parts.map(({ type }) => type);
  const measured = await meter.measure("decodeLists", types, message);
  if ("taken" in measured) return measured.taken / message.length;
  expect(measured.refused).toBe("overBudget");
  return 0;
}

const total = 100_000;
const all = Object.entries(units).flatMap(([type, hexes]) => hexes.map((hex) => ({ type, hex })));

describe("a message that is taken takes no more than 64 times its bytes", () => {
  test("of one type alone", async () => {
    for (const unit of all) {
      const taken = await heapPerByte([{ ...unit, bytes: total }]);
      expect([unit, taken, taken <= 64]).toEqual([unit, taken, true]);
    }
  });

  /** What takes most for a byte, as many as are let through among others. */
  const heavy = ["Sets 90", "Maps 80", "Bytes c400", "Grown 920506", "Bare 90"];
  const others = ["Chain", "Letters", "Undefined", "Nest", "Tagged"];

  /** Bytes of heap for each byte of the first message that is taken. */
  async function firstTaken(messages: readonly (readonly Part[])[]): Promise<number> {
    for (const parts of messages) {
      const taken = await heapPerByte(parts);
      if (taken !== 0) return taken;
    }
    return 0;
  }

  test.each(heavy)("of as many %s as are let through among others", async (name) => {
    const [type = "", hex = ""] = name.split(" ");
    for (const [index, other] of others.entries()) {
      const mix = (share: number): Part[] => {
        const parts = [
          { type, hex, bytes: total * share },
          { type: other, hex: units[other]![0]!, bytes: total * (1 - share) },
        ];
        return index % 2 === 0 ? parts : parts.reverse();
      };
      const taken = await firstTaken([0.8, 0.6, 0.4, 0.3, 0.2, 0.15, 0.1, 0.05, 0].map(mix));
      expect([other, taken, taken <= 64]).toEqual([other, taken, true]);
    }
  });
});
