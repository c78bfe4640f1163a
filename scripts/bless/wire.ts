// Rewrites the goldens of fixtures/wire: the emitted codecs, then the vectors that those codecs give.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeVectors, generateGoldens, wireCases, wireDirectory } from "./wire-fixtures.ts";

/** @returns how many files were written */
export async function blessWire(): Promise<number> {
  const goldens = generateGoldens();
  for (const { file, text } of goldens) writeFileSync(file, text);
  const cases = wireCases();
  for (const name of cases) {
    const vectors = await encodeVectors(name);
    writeFileSync(join(wireDirectory, name, "vectors.json"), `${JSON.stringify(vectors, undefined, 2)}\n`);
  }
  return goldens.length + cases.length;
}
