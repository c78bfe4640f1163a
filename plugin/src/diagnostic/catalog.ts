// Every diagnostic the plugin knows, as one table. docs/diagnostics.md is printed from it, and each code has at least
// one fixture in fixtures/reject. Codes are never reused; HEWN1305 is retired. In `says` and `fix`, {words} in braces are
// filled in with what the analyzer found; `says` follows the quoted path of the offending declaration. reported.ts has
// the sentences of one case each, for readers.
import { actorEntries } from "./actor-entries.ts";
import { cases } from "./cases.ts";
import type { Entry } from "./entry.ts";

export const catalog = [
  {
    code: "HEWN1001",
    title: "function",
    rule: "A function closes over the memory of its process and cannot be copied into another one.",
    says: "is a function ('{type}'); closures cannot cross the wire",
    fix: "Send the data that the function works on, or a literal that names what to do.",
  },
  {
    code: "HEWN1002",
    title: "method",
    rule: "A method is code, and only data crosses the wire.",
    says: "is a method; a wire type has data only",
    fix: "Make it a free function that takes the value as its argument.",
  },
  {
    code: "HEWN1003",
    title: "constructor",
    rule: "A constructor is code, and only data crosses the wire.",
    says: "is a constructor ('{type}'); a wire type has data only",
    fix: "Send a literal that names the class and choose the constructor on the other side.",
  },
  {
    code: "HEWN1004",
    title: "callable-object",
    rule: "An object that can be called is a function with properties.",
    says: "can be called ('{type}'); closures cannot cross the wire",
    fix: "Remove the call signature and keep the properties.",
  },
  {
    code: "HEWN1005",
    title: "class-instance",
    rule: "An instance has a prototype and perhaps private state, and neither crosses the wire.",
    says: "is an instance of class '{name}'; prototypes and private state cannot cross the wire",
    fix: "Declare an interface with the readonly properties of '{name}' that are data, and use it instead.",
  },
  {
    code: "HEWN1006",
    title: "library-object",
    rule: "Objects of the standard library are instances with hidden state; only the ones that the documentation lists have a wire format.",
    says: "is an object of the standard library ('{name}') without a wire format",
    fix: "{remedy}",
    cases: cases["library-object"],
  },
  {
    code: "HEWN1007",
    title: "local-resource",
    rule: "Buffers, streams, sockets and handles belong to one process and mean nothing in another.",
    says: "is a resource of this process ('{name}') that means nothing in another",
    fix: "{remedy}",
    cases: cases["local-resource"],
  },
  {
    code: "HEWN1008",
    title: "promise",
    rule: "A promise is a wait for a value in this process; a message holds values that are there.",
    says: "is a promise ('{type}'); a message holds values that are already there",
    fix: "Await it before sending and declare the type of its result.",
  },
  {
    code: "HEWN1009",
    title: "iterator",
    rule: "An iterator or iterable produces values by running code in its process.",
    says: "is an iterator or iterable ('{type}'), which produces its values by running code",
    fix: "Collect the values and declare 'readonly T[]' of them.",
  },
  {
    code: "HEWN1101",
    title: "mutable-property",
    rule: "A wire type is immutable by declaration, so that delivery to a near actor can be a pointer where delivery to a far one is a copy. A type tagged '@wire copy' may be mutable: it is copied to both.",
    says: "can be assigned to; every property of a wire type is readonly",
    fix: "Write 'readonly {name}'.",
  },
  {
    code: "HEWN1102",
    title: "mutable-array",
    rule: "Arrays in wire types are readonly.",
    says: "is a mutable array ('{type}')",
    fix: "Write {readonly}.",
  },
  {
    code: "HEWN1103",
    title: "mutable-tuple",
    rule: "Tuples in wire types are readonly.",
    says: "is a mutable tuple ('{type}')",
    fix: "Write {readonly}.",
  },
  {
    code: "HEWN1104",
    title: "mutable-map",
    rule: "Maps in wire types are readonly.",
    says: "is a mutable map ('{type}')",
    fix: "Write {readonly}.",
  },
  {
    code: "HEWN1105",
    title: "mutable-set",
    rule: "Sets in wire types are readonly.",
    says: "is a mutable set ('{type}')",
    fix: "Write {readonly}.",
  },
  {
    code: "HEWN1106",
    title: "mutable-record",
    rule: "Records and index signatures in wire types are readonly.",
    says: "has an index signature that can be assigned to ('{type}')",
    fix: "Write {readonly}.",
  },
  {
    code: "HEWN1107",
    title: "setter",
    rule: "A setter changes the value that it belongs to.",
    says: "has a setter, which is code; a wire type has data only",
    fix: "Declare 'readonly {name}' instead of the accessors.",
  },
  {
    code: "HEWN1201",
    title: "any",
    rule: "A codec needs to know what it writes, and 'any' says nothing.",
    says: "is 'any', which says nothing about the value",
    fix: "Declare the type that the value has.",
  },
  {
    code: "HEWN1202",
    title: "unknown",
    rule: "A codec needs to know what it writes, and 'unknown' says nothing.",
    says: "is 'unknown', which says nothing about the value",
    fix: "Declare the type that the value has, or a discriminated union of those it may have.",
  },
  {
    code: "HEWN1203",
    title: "valueless",
    rule: "A type that no value has, or only 'undefined', carries nothing. As a property, 'undefined' is allowed, and 'never' where it is optional: it says that the property is absent.",
    says: "is '{type}', which carries no value",
    fix: "Remove it, or declare the type of the value it should carry.",
  },
  {
    code: "HEWN1204",
    title: "shapeless",
    rule: "A type that accepts almost every value, such as '{}' or 'object', says nothing about what to write. An interface without properties is a message without content.",
    says: "says nothing about its content: '{type}' has no properties to write",
    fix: "Declare its properties; for a message without content, declare an interface of its own, such as 'export interface Ping {}'.",
  },
  {
    code: "HEWN1205",
    title: "symbol",
    rule: "A symbol is unique to its process.",
    says: "is a symbol, unique to its process",
    fix: "Use a string literal.",
  },
  {
    code: "HEWN1206",
    title: "symbol-key",
    rule: "A property whose name is a symbol cannot be named in another process.",
    says: "is named by a symbol, unique to its process",
    fix: "Name the property with a string.",
  },
  {
    code: "HEWN1207",
    title: "template-literal",
    rule: "Between the texts of a template literal type stand string, number, bigint and mappings of string such as Uppercase<string>; nothing else can be checked against a text as the compiler does it.",
    says: "is a template literal type ('{type}') that {reason}, which the codec cannot check",
    fix: "Put 'string', 'number' or 'bigint' in the placeholder, or declare 'string'.",
  },
  {
    code: "HEWN1208",
    title: "bigint-literal",
    rule: "Literals on the wire are strings, numbers and booleans.",
    says: "is the bigint literal '{type}'",
    fix: "Declare 'i64', 'u64' or 'bigint', or use a string literal.",
  },
  {
    code: "HEWN1209",
    title: "branded-primitive",
    rule: "A primitive crossed with an object type is a brand that a decoder cannot check, except the number names of @hewn/runtime.",
    says: "is a primitive with a brand ('{type}') that a decoder cannot prove",
    fix: "Declare the plain primitive, and brand it where the decoded value is checked.",
  },
  {
    code: "HEWN1210",
    title: "unsupported",
    rule: "The type has no wire format.",
    says: "is '{type}', which has no wire format",
    fix: "Declare an interface of plain data instead.",
  },
  {
    code: "HEWN1211",
    title: "infinite-value",
    rule: "A type that needs a value of itself before it can have one has no finite value, so nothing could ever be sent.",
    says: "has no finite value: each one needs another one inside it, without an end",
    fix: "Let it end: make the property optional or nullable, put it in an array, or add an arm without it.",
  },
  {
    code: "HEWN1212",
    title: "mapped-number",
    rule: "To a conditional type such as 'T extends object' a number type of @hewn/runtime is an object, and a mapped type turns it into one that has the methods of a number.",
    says: "is '{number}' after a mapped type has run over it, an object with the methods of a number",
    fix: "Use 'Immutable<T>' of @hewn/runtime, which leaves number types as they are, or let your type stop at 'number' and 'bigint'.",
  },
  {
    code: "HEWN1301",
    title: "undiscriminated-union",
    rule: "To read a union of objects back, one required property must have a different literal value in each arm: a string, a number, a boolean, a member of an enum or null.",
    says: "is a union of objects that no property tells apart ('{type}'){nearly}",
    fix: "Give each arm a required readonly property of the same name with a literal of its own, such as 'readonly kind: \"circle\"'.",
  },
  {
    code: "HEWN1302",
    title: "mixed-union",
    rule: "The arms of a union differ in kind, both in the program and in JSON: booleans, numbers, strings, arrays, objects; tuples that never have the same length differ too. All objects together are one arm if a discriminant tells them apart, and so are all literals.",
    says: "is a union ('{type}') whose arms cannot be told apart: {reason}",
    fix: "{remedy}",
    cases: cases["mixed-union"],
  },
  {
    code: "HEWN1303",
    title: "computed-enum",
    rule: "Members of an enum are constants, so that both sides know their values. A value of an enum is one of its members: the sum of flags, such as 'A | B', is none; declare flags as 'u32'.",
    says: "is the enum '{name}', whose member '{member}' is computed when the program runs",
    fix: "{remedy}",
    cases: cases["computed-enum"],
  },
  {
    code: "HEWN1304",
    title: "null-beside-undefined",
    rule: "Inside arrays, tuples, maps, sets and records, and at the top of a message, JSON has only null for both null and undefined.",
    says: "can be null and undefined; JSON cannot tell them apart there",
    fix: "Choose one of null and undefined.",
  },
  {
    code: "HEWN1306",
    title: "map-key",
    rule: "A map finds its keys by identity, which objects lose on the wire; keys are strings, numbers, bigints, booleans, literals and enums.",
    says: "is the key of a map and of type '{type}', whose values lose their identity on the wire",
    fix: "Use a primitive as the key, or an array of pairs.",
  },
  {
    code: "HEWN1307",
    title: "index-signature",
    rule: "An object type has either named properties or one index signature, over 'string'.",
    says: "has an index signature ('{type}') {reason}",
    fix: "{remedy}",
    cases: cases["index-signature"],
  },
  {
    code: "HEWN1308",
    title: "unsafe-property",
    rule: "A property named '__proto__' changes the prototype of the object that a decoder builds.",
    says: "is named '{name}', which changes the prototype of the decoded object",
    fix: "Choose another name.",
  },
  {
    code: "HEWN1309",
    title: "infinite-literal",
    rule: "A literal or a member of an enum is a finite number: JSON has no other, and NaN does not even equal itself.",
    says: "has the literal '{literal}', whose value is {value}",
    fix: "Use a finite number or a string instead, or declare 'number' or 'f64', which hold {value} too.",
  },
  {
    code: "HEWN1310",
    title: "crossed-container",
    rule: "Containers, byte arrays and dates travel as what they hold; an object type that adds to one or changes its properties would not survive.",
    says: "adds to or changes a container or date ('{type}'), which would not survive",
    fix: "Declare an interface that has it as one of its properties.",
  },
  {
    code: "HEWN1311",
    title: "half-optional",
    rule: "Under exactOptionalPropertyTypes, where one part of an intersection lets a property be absent and another lets it be undefined, it may be neither; yet TypeScript reads it as '| undefined'.",
    says: "is optional in one part of an intersection, may be 'undefined' in another ('{type}'), and so may be neither",
    fix: "Declare it alike in all parts: required without 'undefined', or optional.",
  },
  {
    code: "HEWN1401",
    title: "unexported",
    rule: "The codec file imports each type by its exported name.",
    says: "cannot be named in the codec file: '{name}' {reason}",
    fix: "{remedy}",
    cases: cases["unexported"],
  },
  {
    code: "HEWN1402",
    title: "uninstantiated-generic",
    rule: "A codec exists for a type whose every parameter is known.",
    says: "depends on a type that is not known yet ('{type}')",
    fix: "Tag an alias with arguments, such as 'export type Instance = {example}'.",
  },
  {
    code: "HEWN1403",
    title: "infinite-generic",
    rule: "A generic type that contains itself with ever larger arguments has infinitely many shapes.",
    says: "expands without end: '{name}' contains itself with larger and larger arguments",
    fix: "Let '{name}' contain itself with the same arguments.",
  },
  {
    code: "HEWN1404",
    title: "name-collision",
    rule: "The codecs of all types of a file are exported from one file, so their names must differ.",
    says: "and '{other}' would both be given the name '{name}' in the codec file",
    fix: "Rename one of them, or move it to a file of its own.",
  },
  {
    code: "HEWN1405",
    title: "tagged-twice",
    rule: "A type is tagged once, also if it has several declarations.",
    says: "is tagged @wire more than once",
    fix: "Keep the tag on one of its declarations.",
  },
  {
    code: "HEWN1406",
    title: "misplaced-tag",
    rule: "The tag begins a line of a '/**' comment directly before an interface, a type alias or an enum.",
    says: "is tagged @wire, but {reason}",
    fix: "{remedy}",
    cases: cases["misplaced-tag"],
  },
  {
    code: "HEWN1407",
    title: "declaration-file",
    rule: "A codec is generated beside a source file; a declaration file of the project has none.",
    says: "is tagged in a declaration file, beside which no codec can be generated",
    fix: "Move the type to a '.ts' file, or tag an alias of it in one.",
  },
  {
    code: "HEWN1408",
    title: "common-js",
    rule: "A codec beside a CommonJS file is CommonJS too, and imports the runtime, which is an ES module. The compiler allows that only without 'verbatimModuleSyntax', and only for Node versions that can do it.",
    says: "is tagged in a CommonJS file of a project with {setting}, where a codec could not import the runtime",
    fix: "Move the type to an ES module ('.mts', or '.ts' under '\"type\": \"module\"'), or {remedy}.",
    cases: cases["common-js"],
  },
  {
    code: "HEWN1409",
    title: "codec-taken",
    rule: "A codec has the name of its source: 'x.codec.ts' stands beside 'x.ts', or beside 'x.tsx' where there is no 'x.ts'. Names that differ in case alone are one name on many machines.",
    says: "is tagged in a file whose codec would stand in the place of that of '{other}'",
    fix: "Rename one of the two files.",
  },
  {
    code: "HEWN1410",
    title: "unknown-tag-words",
    rule: "Behind '@wire' stand at most two words, in any order: 'copy' accepts what is mutable and has it copied wherever it goes; 'binary' or 'json' leaves the functions of the other format out of the codec.",
    says: "is tagged '@wire {words}', {reason}",
    fix: "{remedy}",
    cases: cases["unknown-tag-words"],
  },
  {
    code: "HEWN1411",
    title: "oversized",
    rule: "A type is made of at most 100 000 others: its fields, elements and arms and theirs, once for each instance of a generic type. Graphs of types that people write have some thousand; more comes of generic types that double at each step, and no codec for that could be compiled.",
    says: "is made of more than {max} types",
    fix: "Let its generic types have fewer different arguments, or tag the parts of it that you send.",
  },
  {
    code: "HEWN1412",
    title: "deep-nesting",
    rule: "Types without names are spelled out in one another at most 100 deep, and a chain of aliases or of interfaces that extend each other is no longer than the compiler can follow: some hundred.",
    says: "nests too deep: {reason}",
    fix: "{remedy}",
    cases: cases["deep-nesting"],
  },
  {
    code: "HEWN1413",
    title: "missing-format",
    rule: "A codec calls the codecs of the tagged types that its type is made of, so each of them has every format that it has.",
    says: "is made of '{name}', which is tagged '{format}' alone and has no {missing} codec",
    fix: "{remedy}",
    cases: cases["missing-format"],
  },
  {
    code: "HEWN1501",
    title: "null-checks-off",
    rule: "Without strictNullChecks the compiler drops null and undefined from types, and codecs would be wrong.",
    says: "is tagged @wire in a project without 'strictNullChecks', which hides where null and undefined may stand",
    fix: "Set '\"strict\": true' (or '\"strictNullChecks\": true') in tsconfig.json.",
  },
  ...actorEntries,
  {
    code: "HEWN1999",
    title: "more",
    rule: "At most ten diagnostics are reported for one type.",
    says: "has {count} more {declarations} that cannot cross the wire",
    fix: "Correct the others first, and run it again to see these.",
  },
  {
    code: "HEWN2001",
    title: "stale-lock",
    rule: "The file wire.lock gives fields, variants and literals their place on the wire; a source that says something else would speak another language than its peers.",
    says: "is not what wire.lock says: {reason}",
    fix: "Run 'hewn lock', look at what changed in wire.lock, and commit it.",
  },
] as const satisfies readonly Entry[];

export type Code = (typeof catalog)[number]["code"];

/** The name of a diagnostic, such as `mutable-array`. */
export type Title = (typeof catalog)[number]["title"];

export type CatalogEntry = Entry & { readonly code: Code; readonly title: Title };

const byTitle: ReadonlyMap<Title, CatalogEntry> = new Map(catalog.map((entry) => [entry.title, entry]));

export function entryOf(title: Title): CatalogEntry {
  const entry = byTitle.get(title);
  if (!entry) throw new Error(`no diagnostic is titled ${title}`);
  return entry;
}

/** Replaces `{name}` by `values.name`; braces around anything else stay as they are. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
