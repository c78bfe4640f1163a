import { expect, test } from "@jest/globals";
import { type CatalogEntry, catalog, entryOf, fill } from "./catalog.ts";
import { reported } from "./reported.ts";

test("codes and titles are unique, and codes stand in order", () => {
  const codes = catalog.map(({ code }) => code);
  expect([...new Set(codes)].sort()).toEqual(codes);
  expect(new Set(catalog.map(({ title }) => title)).size).toBe(catalog.length);
});

test("rules and fixes are whole sentences", () => {
  const entries: readonly CatalogEntry[] = catalog;
  for (const { code, rule, fix, cases = [] } of entries) {
    const own = fix === "{remedy}" ? [] : [fix];
    for (const text of [rule, ...own, reported[code].fix, ...cases.map((each) => each.fix)])
      expect(`${code} ${text}`).toMatch(/ [A-Z].*\.$/);
  }
});

test("a fix that depends on the case has its cases, without placeholders", () => {
  const entries: readonly CatalogEntry[] = catalog;
  for (const { code, fix, cases = [] } of entries) {
    expect({ code, has: cases.length > 0 }).toEqual({ code, has: fix.includes("{remedy}") });
    for (const each of [...cases.flatMap(Object.values), reported[code].message, reported[code].fix])
      expect(each).not.toMatch(/(?<!\$)\{\w+\}/);
  }
});

test("an entry is found by its title", () => {
  expect(entryOf("function").code).toBe("HEWN1001");
});

test("placeholders without a value stay as they are", () => {
  expect(fill("{name} is {other}", { name: "x" })).toBe("x is {other}");
  expect(fill("{name}", { name: "{name}" })).toBe("{name}");
});
