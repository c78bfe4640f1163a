// What the engine really takes for parsed JSON texts: never more than 64 times the characters of a text that is taken.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Workspace } from "../bundler/workspace.testing.ts";
import { HeapMeter } from "./heap-meter.testing.ts";
import { bundleUrl } from "./imported-bundle.testing.ts";

const fields = Array.from({ length: 300 }, (_, n) => `readonly f${n}: u8 | undefined;`).join(" ");

/** An element of a list, and texts of it that take much for their length; `refused` where a list of them is. */
const units: Readonly<Record<string, { readonly type: string; readonly texts: readonly string[] }>> = {
  Bytes: { type: "Uint8Array", texts: ['"AA=="', 'refused ""'] },
  Floats: { type: "Float64Array", texts: ['refused ""'] },
  Maps: { type: "ReadonlyMap<u8, u8>", texts: ["[[0,0]]", "[[0,0],[1,0],[2,0],[3,0]]", "refused []"] },
  Named: { type: "ReadonlyMap<string, u8>", texts: ['{"":0}', "refused {}"] },
  Sets: { type: "ReadonlySet<u8>", texts: ["[0,1]", "[0,1,2,3]", "refused []"] },
  Records: { type: "Readonly<Record<string, u8>>", texts: ["{}", '{"0":0}', '{"100":0}'] },
  Arrays: { type: "(readonly u8[])", texts: ["[]", "[0]", "[0,0]"] },
  Grown: { type: "(readonly [u8, u8?])", texts: ["[0]", "[0,0]"] },
  Rests: { type: "(readonly [u8, ...u8[]])", texts: ["[0]", "[0,0]"] },
  Dates: { type: "Date", texts: ['"2020-01-01T00:00:00Z"'] },
  Bigints: { type: "bigint", texts: ["0", '"1"'] },
  Unsaid: {
    type: "{ readonly a: u8 | undefined; readonly b: u8 | undefined; readonly c: u8 | undefined; readonly d: u8 | undefined }",
    texts: ["{}"],
  },
  Wide: { type: `{ ${fields} }`, texts: ["refused {}"] },
  Variants: {
    type: `({ readonly k: 0; ${fields} } | { readonly k: 1 })`,
    texts: ['refused {"k":0}', '{"k":1}'],
  },
};

const all = Object.entries(units).flatMap(([name, { texts }]) =>
  texts.map((text) => ({ name, unit: text.replace("refused ", ""), isRefused: text.startsWith("refused ") })),
);

const lists = Object.entries(units).map(
  ([name, { type }]) => `/** @wire */ export type ${name} = readonly ${type}[];\n`,
);
const mixed = `/** @wire */ export interface Mixed { ${Object.keys(units)
  .map((name) => `readonly ${name}?: ${name};`)
  .join(" ")} }\n`;

const workspace = new Workspace({
  "src/types.ts": `import type { u8 } from "@hewn/runtime";\n${lists.join("")}${mixed}`,
});
let meter: HeapMeter;

beforeAll(async () => {
  const names = [...Object.keys(units), "Mixed"].map((name) => `parse${name}`);
  workspace.write({ "src/main.ts": `export { ${names.join(", ")} } from "./types.codec.js";\n` });
  meter = new HeapMeter(await bundleUrl(workspace, "src/main.ts"));
}, 60_000);

afterAll(async () => {
  await meter[Symbol.asyncDispose]();
  workspace[Symbol.dispose]();
});

/** Bytes of heap for each character; 0 when the text is refused. */
async function heapPerUnit(name: string, text: string): Promise<number> {
  const measured = await meter.measure(`parse${name}`, text);
  if ("taken" in measured) return measured.taken / text.length;
  expect(measured.refused).toBe("overBudget");
  return 0;
}

const total = 100_000;

function listOf(unit: string, length: number): string {
  return `[${new Array(Math.floor(length / (unit.length + 1))).fill(unit).join(",")}]`;
}

test.each(all)(
  "a list of $name of $unit takes no more than 64 times its text",
  async ({ name, unit, isRefused }) => {
    const taken = await heapPerUnit(name, listOf(unit, total));
    expect([taken === 0, taken <= 64, taken]).toEqual([isRefused, true, taken]);
  },
);

const heavy = all.filter(({ isRefused }) => isRefused);
const others = all.filter(
  ({ unit, name }) => ["Records", "Arrays", "Unsaid"].includes(name) && unit !== "[0,0]",
);

/** Bytes of heap for each character of the first text that is taken. */
async function firstTaken(texts: readonly string[]): Promise<number> {
  for (const text of texts) {
    const taken = await heapPerUnit("Mixed", text);
    if (taken !== 0) return taken;
  }
  return 0;
}

test.each(heavy)("so does one with as many $name of $unit as are let through among others", async (each) => {
  for (const other of others) {
    const mix = (share: number): string => {
      const parts = [
        `"${each.name}":${listOf(each.unit, total * share)}`,
        `"${other.name}":${listOf(other.unit, total * (1 - share))}`,
      ];
      return `{${parts.join(",")}}`;
    };
    const taken = await firstTaken([0.7, 0.6, 0.5, 0.4, 0.2, 0.1, 0.04, 0.02, 0.01].map(mix));
    expect([other.unit, taken > 0, taken <= 64, taken]).toEqual([other.unit, true, true, taken]);
  }
});
