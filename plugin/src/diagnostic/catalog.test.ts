import { expect, test } from "@jest/globals";
import { catalog, entryOf, fill } from "./catalog.ts";

test("codes and titles are unique, and codes stand in order", () => {
  const codes = catalog.map(({ code }) => code);
  expect([...new Set(codes)].sort()).toEqual(codes);
  expect(new Set(catalog.map(({ title }) => title)).size).toBe(catalog.length);
});

test("rules and fixes are whole sentences", () => {
  for (const { code, rule, fix } of catalog) {
    expect(`${code} ${rule}`).toMatch(/ [A-Z].*\.$/);
    if (!fix.startsWith("{")) expect(`${code} ${fix}`).toMatch(/ [A-Z].*\.$/);
  }
});

test("an entry is found by its title", () => {
  expect(entryOf("function").code).toBe("HEWN1001");
});

test("placeholders without a value stay as they are", () => {
  expect(fill("{name} is {other}", { name: "x" })).toBe("x is {other}");
  expect(fill("{name}", { name: "{name}" })).toBe("{name}");
});
