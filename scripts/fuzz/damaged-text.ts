// JSON texts that a peer should not have sent: valid ones with tokens replaced, repeated, moved and cut, and texts
// from nowhere.
import { damagedList } from "./damaged-bytes.ts";
import type { Dice } from "./dice.ts";

const foreign: readonly string[] = [
  ..."null true false 0 -1 -0 1.5 127 128 -129 255 256 32768 65536 2147483648 4294967296 -2147483649".split(
    " ",
  ),
  ..."9007199254740991 9007199254740993 9223372036854775808 18446744073709551616 1e999 -1e999 1e21 1e-400 3.5e38".split(
    " ",
  ),
  ..."0.1 1E2 01 +1 .5 1. 0x1 NaN Infinity undefined [ ] { } , : x ' // /**/ [] {} [1] [[]] [null,null]".split(
    " ",
  ),
  '{"a":1}',
  '{"__proto__":{"polluted":1}}',
  '{"__proto__":null}',
  '{"constructor":{"prototype":{"polluted":1}}}',
  '{"toString":1,"toString":2}',
  '"x"',
  '""',
  '"NaN"',
  '"-Infinity"',
  '"18446744073709551615"',
  '"18446744073709551616"',
  '"-9223372036854775809"',
  '"00"',
  '"-0"',
  '" 1"',
  '"1e3"',
  '"0x10"',
  `"1${"0".repeat(4931)}"`,
  `"9${"9".repeat(4999)}"`,
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"\\u0000"',
  '"\\u00"',
  '"\\x41"',
  '"a\nb"',
  '"=="',
  '"AA=="',
  '"AB=="',
  '"AAA="',
  '"AAAA"',
  '"A-_A"',
  '"AAA"',
  '"__proto__"',
  '"constructor"',
  '"2024-02-30T00:00:00.000Z"',
  '"2024-02-29T00:00:00.000Z"',
  "\ufeff",
  "\u2028",
  "\0",
  "",
];

const numbers = foreign.filter((text) => /^"?-?\d+"?$/.test(text));
const strings = foreign.filter((text) => text.startsWith('"'));

/** Something in the place of a token: most often of its kind, for what is of another is found soon. */
function substitute(token: string, dice: Dice): string {
  if (/^-?\d/.test(token) && !dice.oneIn(3)) return dice.of(numbers);
  if (token.startsWith('"') && !dice.oneIn(3)) return dice.of(strings);
  return dice.of(foreign);
}

const token = /"(?:[^"\\]|\\.)*"|[^",:[\]{}]+|./gsu;

/** Texts with one list of them shorter, longer or in another order; texts of objects keep their properties. */
function structural(text: string, dice: Dice): string {
  const json: unknown = JSON.parse(text);
  const lists: unknown[][] = [];
  const search = (part: unknown): void => {
    if (Array.isArray(part)) lists.push(part);
    if (typeof part === "object" && part !== null) Object.values(part).forEach(search);
  };
  search(json);
  if (lists.length > 0) {
    const list = dice.of(lists);
    list.splice(0, list.length, ...damagedList(list, dice));
  }
  return JSON.stringify(json);
}

export function damagedText(text: string, other: string, dice: Dice): string {
  if (dice.oneIn(8)) return structural(text, dice);
  if (dice.oneIn(15))
    return Array.from({ length: dice.below(6) }, () => dice.of(foreign)).join(dice.of(["", ",", ":"]));
  const tokens = text.match(token) ?? [];
  const others = other.match(token) ?? [];
  for (let rounds = 1 + dice.below(3); rounds > 0; rounds--) damage(tokens, others, dice);
  return tokens.join("");
}

function damage(tokens: string[], others: readonly string[], dice: Dice): void {
  const at = dice.below(Math.max(1, tokens.length));
  switch (dice.below(8)) {
    case 0:
      tokens.splice(at, 1 + dice.below(3));
      return;
    case 1:
      tokens.splice(at, 0, ...tokens.slice(at, at + 1 + dice.below(4)));
      return;
    case 2:
      tokens.length = at;
      return;
    case 3:
      tokens.splice(at, 1 + dice.below(3), ...others.slice(dice.below(others.length + 1)).slice(0, 4));
      return;
    case 4:
      tokens.splice(at, 0, dice.of([" ", "\n", "\t", "\r", "\v", "\xa0", ","]));
      return;
    default:
      tokens[at] = substitute(tokens[at] ?? "", dice);
  }
}
