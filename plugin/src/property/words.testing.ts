// The names that random modules choose from: everyday ones that lean towards what generated code uses itself, and
// hostile ones that try to end strings and comments, to become code, or to be taken for each other.

/** Names of each kind. Type names stand unquoted in TypeScript, all others may be any text. */
export interface Words {
  readonly types: readonly string[];
  readonly properties: readonly string[];
  readonly discriminants: readonly string[];
  readonly literals: readonly string[];
  readonly members: readonly string[];
  /** Names of source files without their extension, by module; `module<index>` beyond them. */
  readonly files: readonly string[];
}

const propertyNames = (
  "value w r p n i depth key item keys text error options bytes offset length name size type default class new this " +
  "undefined NaN constructor toString hasOwnProperty prototype arguments eval await let static readString putI32 " +
  "writeValue encode decode json object Map Set Date Int16Array Float64Array a b c x y z id kind items count größe $ _ _0 writeT0 T0 room within"
).split(" ");
const oddPropertyNames = [
  "odd key",
  "",
  "7",
  "-1",
  "1e3",
  "a.b",
  'quote"',
  "back\\slash",
  "line\nbreak",
  "\u2028",
  "🦀",
  "'",
  "\x24{x}",
];
const typeNames = (
  "Writer Reader Codec DecodeError EncodeOptions Mismatch Box2 Value Type Key T0 Union Item Order Place Event " +
  "Reading Command Options Point Tree List Node Graph Shape State Text Bytes Name Entry Literal Array2 Kind Names"
).split(" ");
const oddLiterals = [
  "",
  "a",
  "b b",
  'quote"',
  "back\\slash",
  "\n",
  "\u2028",
  "é",
  "🦀",
  "__proto__",
  "constructor",
  "\x24{x}",
  "`",
  "*/",
  "//",
];

export const plainWords: Words = {
  types: typeNames,
  properties: [...propertyNames, ...oddPropertyNames],
  discriminants: ["kind", "type", "the kind", "default", "n", "value"],
  literals: oddLiterals,
  members: [],
  files: [],
};

/** Calls that would tell if a name were ever evaluated: the campaign looks for the global that they leave behind. */
export const evaluationMark = "hewnWasEvaluated";
const code = `globalThis.${evaluationMark} = 1`;

/** Texts that mean something to TypeScript, to JavaScript engines or to the emitter. */
const hostileTexts: readonly string[] = [
  `"; ${code}; "`,
  `'; ${code}; '`,
  `\`; ${code}; \``,
  `*/ ${code}; /*`,
  `\n${code};\n`,
  `\r\n${code};//`,
  `\u2028${code};\u2029`,
  `"]; ${code}; ["`,
  `\\"; ${code}; //`,
  `\x24{${code}}`,
  "*/",
  "/*",
  "//",
  "/** @wire */",
  "<!--",
  "-->",
  "</script>",
  "#!",
  "//# sourceMappingURL=x",
  "\\",
  "\\u0022",
  "\\x22",
  '"',
  "'",
  "`",
  "\0",
  "\x07",
  "\x1b[31m",
  "\x7f",
  "\x85",
  "\xa0",
  "\xad",
  "\ufeff",
  "\u2028",
  "\u2029",
  "\n",
  "\r",
  "\t",
  "\u202e",
  "\u2066",
  "a\u200db",
  "a\u200cb",
  "e\u0301",
  "é",
  "ﬁ",
  "𝒳",
  "😀",
  "\ud7ff\ue000",
  "\ud800",
  "\udc00\ud800",
  "\uffff",
  "{",
  "}",
  "[0]",
  "$&",
  "$1",
  "%s",
  "constructor",
  "prototype",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "__defineGetter__",
  "__lookupSetter__",
  "isPrototypeOf",
  "toLocaleString",
  "propertyIsEnumerable",
  "toJSON",
  "then",
  "length",
  "name",
  "caller",
  "callee",
  "arguments",
  "eval",
  "await",
  "async",
  "yield",
  "let",
  "static",
  "undefined",
  "null",
  "true",
  "NaN",
  "Infinity",
  "-0",
  "-Infinity",
  "0",
  "00",
  "1.0",
  "1e21",
  "0x10",
  "4294967295",
  "9007199254740993",
  "1n",
  " ",
  "",
  "A".repeat(10_000),
  "\ud83d\ude00".repeat(40),
  "r w p n value key text depth json object i item item0 ordinal at items keys name found pair array error".split(
    " ",
  ),
  "Writer Reader Mutable OwnBytes putString readString within room inside own fromJsonString Order order ORDER".split(
    " ",
  ),
  "break case class const delete enum export function if import in new return super switch this throw try".split(
    " ",
  ),
  "typeof var void while with implements interface package private protected public debugger default".split(
    " ",
  ),
].flat();

/** What TypeScript takes for the name of an interface, an alias and an enum, however unwise. */
const hostileTypes: readonly string[] = (
  "$ _ $_ __ ___proto__ __proto__ constructor prototype toString valueOf hasOwnProperty then length name caller r w p n " +
  "i value key text depth json object_ item ordinal at items keys found pair array error options bytes offset target " +
  "Into A AInto Codec Order order ORDER Map Set Array Object String Number Boolean Function Error Date Promise Proxy " +
  "ReadonlyMap ReadonlySet Record Readonly Partial Pick Omit Uint8Array Float64Array " +
  "Iterable JSON Math Symbol Reflect Mutable OwnBytes Reader " +
  "Writer Mismatch EncodeOptions DecodeOptions EncodeError DecodeError from of get set async type is " +
  "declare module namespace global accessor out require using defer Infinity " +
  "NaN exports globalThis window self Buffer process é e\u0301 É ß 𝒳 𝒳𝒴 ñandú 名前 ªº a\u200db a\u200cb ﬁ \u2118 \u1885 Ⅷ ſ K"
).split(" ");

const hostileFiles: readonly string[] = [
  "it's",
  'a "quoted" name',
  "line\u2028break",
  "new\nline",
  "\x24{x} `y`",
  "a b #1 100% ?q=1",
  "e\u0301 NFD",
  "🦀",
  "constructor",
  "__proto__",
  "index",
  "x.y.codec2",
  "-rf",
  "//\u202e",
].map((name) => name.replaceAll("/", "_"));

/**
 * Not `__proto__`, which no property may be called. Nor a lone backslash: once JSON.parse of V8 13.6 has read an object
 * with that key, it takes other escaped keys of one character in its place for it.
 */
const texts = [...new Set(hostileTexts)].filter((text) => text !== "__proto__" && text !== "\\");

export const hostileWords: Words = {
  types: hostileTypes,
  properties: texts,
  discriminants: texts.filter((_, index) => index % 2 === 0),
  literals: [...texts, "__proto__", "\\"],
  members: texts.filter((text) => !isNumeric(text)),
  files: hostileFiles,
};

/** An enum's member must not have the name of a number. */
function isNumeric(text: string): boolean {
  return text === String(Number(text));
}
