import { expect, test } from "@jest/globals";
import { readonlyForm } from "./readonly-form.ts";

test.each([
  ["array", "(() => void)[]", "'readonly (() => void)[]'"],
  ["tuple", "[x: number]", "'readonly [x: number]'"],
  ["map", "Map<string, i32>", "'ReadonlyMap<string, i32>'"],
  ["set", "Set<string>", "'ReadonlySet<string>'"],
  ["record", "{ [x: string]: number; }", "'Readonly<Record<string, number>>'"],
] as const)("the readonly form of a mutable %s is told with its content: %s", (container, text, form) => {
  expect(readonlyForm(container, text)).toBe(form);
});

test("of what is cut, and of an interface with a name, the form is told in general", () => {
  expect(readonlyForm("array", "{ readonly a: …")).toBe("'readonly T[]' or 'ReadonlyArray<T>'");
  expect(readonlyForm("record", "Table")).toBe(
    "'readonly' before the index signature, or 'Readonly<Record<string, V>>'",
  );
});
