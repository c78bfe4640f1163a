// What emitted code charges for and the runtime knows nothing of: both count in the same bytes.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "@jest/globals";
import ts from "typescript";
import { inMemoryProject } from "../analyze/in-memory-project.testing.ts";
import { generate } from "../generate.ts";

/** What MessagePack's readers charge. */
async function runtimeHeap(): Promise<Readonly<Record<string, number>>> {
  const file = join(import.meta.dirname, "../../../runtime/src/codec/heap.ts");
  return import(pathToFileURL(file).href);
}

/** The bytes that the JSON reader of a type charges by itself. */
function charges(type: string): readonly number[] {
  const text = `import type { u8 } from "@hewn/runtime";\n/** @wire */\nexport type T = ${type};`;
  const project = inMemoryProject({ "input.ts": text });
  const codec = generate(ts, project.program, project.file("input.ts"))?.text ?? "";
  return [...codec.matchAll(/fromJsonCharge\((\d+)\)/g)].map(([, bytes]) => Number(bytes));
}

test("tuples that have grown and properties without a value cost the same in both formats", async () => {
  const { grownHeap, fieldHeap } = await runtimeHeap();
  const unsaid = Array.from({ length: 7 }, (_, i) => `readonly a${i}: u8 | undefined;`).join(" ");
  expect(charges("readonly [u8, u8?]")).toEqual([grownHeap]);
  expect(charges("readonly [u8, ...u8[]]")).toEqual([grownHeap]);
  expect(charges(`{ ${unsaid} }`)).toEqual([7 * fieldHeap!]);
});

test("nothing is charged for what no text can leave out", () => {
  expect(charges("readonly [u8, u8]")).toEqual([]);
  expect(charges("{ readonly a: u8; readonly b?: u8 }")).toEqual([]);
});
