import { expect, test } from "@jest/globals";
import type { Named, Shape } from "../../plugin/src/property/shape.testing.ts";
import { withoutDeclarations } from "./fewer-declarations.ts";

function named(name: string, module: number, shape: Shape): Named {
  return { name, module, form: "alias", tagged: true, copied: false, shape };
}

const ref = (to: Named): Shape => ({ kind: "ref", to });

test("a declaration that is left out takes with it whatever names it, and modules that have none left", () => {
  const a = named("A", 0, { kind: "string" });
  const b = named("B", 0, { kind: "array", element: ref(a) });
  const c = named("C", 0, { kind: "boolean" });
  const d = named("D", 1, {
    kind: "struct",
    fields: [
      { name: "x", optional: false, shape: { kind: "maybe", type: ref(b), null: true, undefined: false } },
    ],
  });
  const e = named("E", 1, ref(c));
  e.shape = { kind: "tuple", elements: [ref(e), ref(c)], required: 2 };
  const f = named("F", 2, {
    kind: "derived",
    fields: [],
    from: { how: "Pick", base: d, own: [], keys: [] },
  });
  const modules = [
    { index: 0, file: "module0", declarations: [a, b, c] },
    { index: 1, file: "module1", declarations: [d, e] },
    { index: 2, file: "module2", declarations: [f] },
  ];
  const left = (...dropped: readonly Named[]) =>
    withoutDeclarations(modules, new Set(dropped)).map(({ index, declarations }) => [
      index,
      ...declarations.map(({ name }) => name),
    ]);
  expect(left(a)).toEqual([
    [0, "C"],
    [1, "E"],
  ]);
  expect(left(c)).toEqual([
    [0, "A", "B"],
    [1, "D"],
    [2, "F"],
  ]);
  expect(left(f)).toEqual([
    [0, "A", "B", "C"],
    [1, "D", "E"],
  ]);
});
