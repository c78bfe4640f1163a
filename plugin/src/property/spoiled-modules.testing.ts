// Takes from modules some of what makes their types right.
import type { Files } from "../fix/mended-project.testing.ts";

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
export function numbersFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What nobody imports may lose its `export`, any `readonly` may go, and nothing is copied any more. */
export function spoiled(files: Files, random: () => number): Files {
  const all = Object.values(files).join("\n");
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => {
      const mutable = text
        .replaceAll("@wire copy", "@wire")
        .replace(/readonly |Readonly(?=Map|Set)/g, (word) => {
          return random() < 0.5 ? "" : word;
        });
      const hidden = mutable.replace(/export (?=(?:interface|type|enum) (\w+))/g, (word, type: string) => {
        return all.includes(`${type} as `) || random() < 0.7 ? word : "";
      });
      return [name, hidden];
    }),
  );
}
