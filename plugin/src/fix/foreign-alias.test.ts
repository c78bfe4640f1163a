import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { mendProject } from "./mended-project.testing.ts";

const fixture = new URL("../../../fixtures/reject/HEWN1102-alias-elsewhere/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, fixture), "utf8");

test("what an alias of a package makes mutable is wrapped in Immutable where the project names it, as its message says", () => {
  const { files, titles, left, errors } = mendProject({
    "input.ts": read("input.ts"),
    "geo.d.ts": read("geo.d.ts"),
  });
  expect({ left, errors }).toEqual({ left: [], errors: [] });
  const properties = files["input.ts"]?.match(/(?:readonly \w+\??: |= ).*(?=;)/g);
  expect(properties).toEqual([
    "readonly value: T",
    "= Immutable<Position>",
    "readonly at: Immutable<Position>",
    "readonly bounds?: Immutable<BBox> | undefined",
    "readonly boundsOfParts: readonly Immutable<BBox>[]",
    "readonly rings: readonly Immutable<Ring>[]",
    "readonly names: Immutable<List<string>>",
    "readonly note: Maybe<readonly string[]>",
    "readonly corner: Corner",
    "readonly boxed: Boxed<Immutable<Position>>",
    "readonly named: Immutable<Position> | string",
  ]);
  expect(new Set(titles)).toEqual(
    new Set([
      "Wrap 'Position' in Immutable<>",
      "Wrap 'BBox' in Immutable<>",
      "Wrap 'Ring' in Immutable<>",
      "Wrap 'List<string>' in Immutable<>",
      "Make the array readonly",
    ]),
  );
});
