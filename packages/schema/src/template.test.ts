// Templates: which texts they accept, how they are put in order, and when one accepts all that another does.
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { accepts, covers, isPattern, normalized, type Pattern, templateText } from "./template.ts";

const pieces = fc.constantFrom("", "a", "-", "a-", "--", "px");
const placeholders = fc.constantFrom("string", "string", "number", "bigint", "Uppercase<string>");
const pattern = fc
  .tuple(pieces, fc.array(fc.tuple(placeholders, pieces), { maxLength: 3 }))
  .map(([head, rest]): Pattern => [head, ...rest.flat()]);
const template = fc.array(pattern, { minLength: 1, maxLength: 2 });
const text = fc
  .array(fc.constantFrom("a", "-", "px", "1", "0x1", "A", " ", "e"), { maxLength: 8 })
  .map((all) => all.join(""));

describe("a pattern", () => {
  test.each([
    [
      ["user-", "string", ""],
      ["user-", "user-1"],
      ["user", "User-1", "xuser-1", ""],
    ],
    [
      ["", "number", "px"],
      ["1px", "-0.5px", "1e3px", " 1 px", "0x10px", " px"],
      ["px", "1", "Infinitypx", "NaNpx", "1_0px"],
    ],
    [
      ["v", "bigint", ""],
      ["v0", "v-12", "v0xFF", "v-0b1"],
      ["v", "v01", "v1.0", "v1n", "v+1", "v 1", "v1_0"],
    ],
    [["", "string", "-", "number", ""], ["a-1", "-1", "a-"].slice(0, 2), ["a-b-1", "a-", "1"]],
    [["", "string", "", "string", ""], ["a", "ab"], [""]],
    [["ab", "string", "ba"], ["abba", "abxba"], ["aba"]],
    [
      ["", "Uppercase<string>", ""],
      ["", "A-1", "É"],
      ["a", "aB", "ß"],
    ],
    [
      ["", "Capitalize<Lowercase<string>>", "!"],
      ["!", "Ab!", "É!"],
      ["ab!", "AB!"],
    ],
    [["auto"], ["auto"], ["", "autos", "Auto"]],
  ] as const)("%j accepts %j and not %j", (own, yes, no) => {
    expect(yes.filter((each) => !accepts([own], each))).toEqual([]);
    expect(no.filter((each) => accepts([own], each))).toEqual([]);
  });

  test("has texts at even places and placeholders at odd ones", () => {
    expect(
      [["a"], ["", "string", ""], ["", "Uppercase<Lowercase<string>>", "x"]].filter(isPattern).length,
    ).toBe(3);
    const wrong = [[], ["", "string"], ["", "boolean", ""], [1], ["", "Uppercase<number>", ""], "a", null];
    expect(
      [...wrong, ["", "Uppercase<string", ""], ["", "string>", ""], ["", "<string>", ""]].filter(isPattern),
    ).toEqual([]);
  });
});

describe("patterns", () => {
  test("stand in one order, each once, without literals that another accepts", () => {
    const all: readonly Pattern[] = [["b"], ["a-", "string", ""], ["a-x"], ["b"], ["a-", "string", ""]];
    expect(normalized(all)).toEqual([["a-", "string", ""], ["b"]]);
    expect(normalized([...all].reverse())).toEqual(normalized(all));
  });

  test("accept the same texts when they are in order", () => {
    fc.assert(
      fc.property(template, text, (patterns, each) => {
        expect(accepts(normalized(patterns), each)).toBe(accepts(patterns, each));
      }),
      { numRuns: 2000 },
    );
  });

  test("cover others only where they accept all of theirs", () => {
    let covered = 0;
    fc.assert(
      fc.property(
        template,
        template,
        fc.array(text, { minLength: 20, maxLength: 40 }),
        (wide, narrow, texts) => {
          if (!covers(wide, narrow)) return;
          covered += 1;
          expect(texts.filter((each) => accepts(narrow, each) && !accepts(wide, each))).toEqual([]);
        },
      ),
      { numRuns: 8000 },
    );
    expect(covered).toBeGreaterThan(100);
  });

  test.each([
    [[["a-", "string", ""]], [["a-", "number", ""]], true],
    [[["a-", "number", ""]], [["a-", "string", ""]], false],
    [[["", "string", "-", "string", ""]], [["user-", "string", ""]], true],
    [[["", "string", "-", "string", ""]], [["user", "string", ""]], false],
    [[["", "string", "", "string", ""]], [["u", "string", ""]], true],
    [[["", "string", "", "string", ""]], [["", "number", ""]], false],
    [
      [
        ["a", "string", ""],
        ["b", "string", ""],
      ],
      [["b", "number", "c"], ["ax"]],
      true,
    ],
    [[["a", "string", "a"]], [["a"]], false],
    [[["a", "string", "a"]], [["aa", "string", ""]], false],
  ] as const)("%j over %j: %p", (wide, narrow, expected) => {
    expect(covers(wide as readonly Pattern[], narrow as readonly Pattern[])).toBe(expected);
  });
});

test("a template is written as TypeScript writes it, whatever its texts hold", () => {
  expect(templateText([["auto"], ["", "number", "px"]])).toBe('"auto" | `${number}px`');
  expect(templateText([['`${"\\\n\u2028', "string", "$"]])).toBe('`\\`\\${"\\\\\\n\\u2028${string}$`');
});
