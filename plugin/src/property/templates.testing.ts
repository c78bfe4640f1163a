// Random template literal types as a programmer writes them, and texts that belong to them, or nearly.
import fc from "fast-check";

const texts = [
  "",
  "",
  "a",
  "ab",
  "-",
  "--",
  "0",
  "1",
  ".",
  "e",
  "px",
  "x",
  " ",
  "`",
  "\x24{",
  "\\",
  '"',
  "\n",
  "é",
  "🦀",
];

const placeholders = [
  ...["string", "string", "string", "number", "number", "bigint", "boolean", "null", "undefined", "0 | 1"],
  ...[
    '"x" | "yy"',
    '"a" | number',
    "Uppercase<string>",
    "Lowercase<string>",
    "Capitalize<string>",
    "Uncapitalize<string>",
  ],
  ...["Capitalize<Lowercase<string>>", "Uppercase<Uncapitalize<string>>", "number & {}", "Inner", "-1"],
];

function inTemplate(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("`", "\\`")
    .replaceAll("\x24{", "\\\x24{");
}

/** A type as source text, with the texts between which its placeholders stand. */
interface Arm {
  readonly source: string;
  readonly texts: readonly string[];
}

/** `${…}` between texts. */
const pattern = fc
  .tuple(
    fc.constantFrom(...texts),
    fc.array(fc.tuple(fc.constantFrom(...placeholders), fc.constantFrom(...texts)), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([head, rest]): Arm => {
    const parts = rest.map(([placeholder, text]) => `\x24{${placeholder}}${inTemplate(text)}`);
    return {
      source: `\`${inTemplate(head)}${parts.join("")}\``,
      texts: [head, ...rest.map(([, text]) => text)],
    };
  });

const other = fc
  .constantFrom('"auto"', '"a"', '""', "Uppercase<string>", "Lowercase<`A-\x24{string}`>")
  .map((source): Arm => ({ source, texts: ["", ""] }));

/** Templates, and unions with templates in them, in any order. */
export const templates = fc.array(
  fc.oneof({ weight: 3, arbitrary: pattern }, { weight: 1, arbitrary: other }),
  { minLength: 1, maxLength: 3 },
);

/** What {@link templates} refer to. */
export const innerSource = "type Inner = `in-\x24{string}` | `\x24{number}!`;";

/** Texts that look like numbers to somebody, and texts whose case is no simple matter. */
const fillings = [
  ...[
    "",
    "0",
    "1",
    "-1",
    "+1",
    "01",
    "-01",
    " 1",
    "1 ",
    "1e3",
    "1E-3",
    ".5",
    "5.",
    "-.5",
    "0x1F",
    "0X1f",
    "-0x1",
    "0b1",
    "0o7",
  ],
  ...[
    "-0",
    "--1",
    "1_0",
    "1n",
    "0n",
    "00",
    "0.0",
    "Infinity",
    "-Infinity",
    "NaN",
    "1e999",
    "true",
    "false",
    "null",
  ],
  ...[
    "undefined",
    "9007199254740993",
    "123456789012345678901234567890",
    "0x",
    "1e",
    "-",
    "1,5",
    "١",
    "１",
    "\n1",
    "1\u00a0",
  ],
  ...[
    "a",
    "A",
    "ab",
    "AB",
    "Ab",
    "aB",
    "É",
    "éA",
    "ß",
    "SS",
    "ǆ",
    "ǅ",
    "İ",
    "ı",
    "ŉ",
    "🦀",
    "x",
    "yy",
    "in-",
    "1!",
    "in-1!",
  ],
];

const piece = fc.oneof(fc.constantFrom(...texts), fc.constantFrom(...fillings), fc.constantFrom(...fillings));

/** Candidates for one template: texts that follow its patterns, some of them with a mistake, and any texts. */
export function candidatesFor(arms: readonly Arm[], seed: number): readonly string[] {
  const following = fc
    .tuple(fc.constantFrom(...arms), fc.array(piece, { minLength: 4, maxLength: 4 }))
    .map(([arm, all]) => arm.texts.map((text, i) => (i === 0 ? text : `${all[i - 1]}${text}`)).join(""));
  const damaged = fc.tuple(following, fc.nat(20), piece).map(([text, at, more]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + more + text.slice(place + (at % 3));
  });
  // The text before a placeholder and the one behind it must not share what they have in common.
  const overlapping = fc.tuple(fc.constantFrom(...arms), fc.nat(3)).map(
    ([
      {
        texts: [head = "", ...rest],
      },
      shared,
    ]) => {
      return head + (rest.at(-1) ?? "").slice(shared);
    },
  );
  const any = fc.array(piece, { maxLength: 5 }).map((all) => all.join(""));
  const wellFormed = fc
    .oneof(following, following, damaged, overlapping, any)
    .filter((text) => !/\p{Cs}/u.test(text));
  return [...new Set(fc.sample(wellFormed, { seed, numRuns: 40 }))];
}
