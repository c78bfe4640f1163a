import { expect, test } from "@jest/globals";
import { localName, Names, pascal } from "./names.ts";

test("a name is given out once", () => {
  const names = new Names(["mine"]);
  expect(names.take("mine")).toBe("mine_");
  expect(names.take("mine")).toBe("mine__");
  expect(names.take("other")).toBe("other");
});

test("no name is a reserved word or a global that emitted code uses", () => {
  const names = new Names();
  for (const word of ["class", "await", "undefined", "Map", "Uint8Array", "string"]) {
    expect(names.take(word)).toBe(`${word}_`);
  }
});

test("a local never shadows a function of the file, whenever that is imported", () => {
  const free = () => false;
  for (const property of [
    "readString",
    "putI32",
    "writeOrder",
    "own",
    "room",
    "skip",
    "ModeValues",
    "stringRoom",
  ]) {
    expect(localName(property, new Names(), free)).not.toBe(property);
  }
  // Types of one name from three files: functions writeValue, writeValue_ and writeValue__.
  expect(localName("writeValue", new Names(), (name) => name === "writeValue_")).not.toMatch(/^writeValue/);
  expect(localName("taken", new Names(), (name) => name === "taken")).toBe("taken_");
});

test("any property name gives an identifier", () => {
  const free = () => false;
  for (const property of ["", "7", "odd key", 'quote " \n', "größe", "a-b", "__proto__"]) {
    expect(localName(property, new Names(), free)).toMatch(/^[A-Za-z_$][\w$]*$/);
  }
});

test("words become parts of a function's name", () => {
  expect(pascal("item list")).toBe("ItemList");
  expect(pascal("updateConfig")).toBe("UpdateConfig");
  expect(pascal('" \n')).toBe("");
});
