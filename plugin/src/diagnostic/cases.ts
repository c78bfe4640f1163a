// What to write instead where that depends on the case, for `hewn explain` and the documentation.
import { libraryFixes, memoryFixes, openFix, otherLibraryFix } from "./library-fixes.ts";

/** One of several things that a code is reported for. */
export interface Case {
  /** What was found, as a noun: "a class". */
  readonly when: string;
  /** What to write instead, as an imperative sentence. */
  readonly fix: string;
}

const record = "'Readonly<Record<string, V>>'";

/** By the title of the diagnostic. */
export const cases = {
  "library-object": [
    ...byFix(libraryFixes),
    { when: "any other object of the library", fix: otherLibraryFix("") },
  ],
  "local-resource": [
    ...byFix(memoryFixes),
    {
      when: "bytes or a typed array in memory that threads share",
      fix: "Declare the array without its memory, such as 'Uint8Array': what arrives is a copy that nobody shares.",
    },
    { when: "a stream, a socket, a handle or anything else that is open", fix: openFix },
  ],
  "mixed-union": [
    {
      when: "two types of one primitive, such as 'i32' and 'f64'",
      fix: "Choose one of the two for all values.",
    },
    {
      when: "literals beside a type that has them too, such as '\"auto\" | 5' beside 'i32'",
      fix: "Let the type stand for the literals as well, or list all values as literals.",
    },
    {
      when: "two enums, or an enum and literals",
      fix: "Make all of them members of one enum, or plain literals.",
    },
    {
      when: "numbers and bigints, which JSON has as numbers both",
      fix: "Choose 'bigint' (or 'i64', up to 64 bits) for all values if they are integers, and 'number' otherwise.",
    },
    {
      when: "arrays of different elements",
      fix: "Write one array of both, such as 'readonly (string | number)[]'.",
    },
    {
      when: "two types that are the same only in JSON, such as 'string' and 'Uint8Array'",
      fix: "Choose one of the two, or put one into an object: 'string | { readonly bytes: Uint8Array }'.",
    },
    {
      when: "anything else",
      fix: 'Make them objects with a discriminant: \'{ readonly kind: "text"; readonly value: string } | { readonly kind: "date"; readonly value: Date }\'.',
    },
  ],
  "index-signature": [
    {
      when: "an index signature beside named properties",
      fix: `Move it into a property of its own, of type ${record}.`,
    },
    {
      when: "an index signature over numbers, symbols or templates",
      fix: `Use ${record}, or a ReadonlyMap, as a property of its own.`,
    },
  ],
  unexported: [
    {
      when: "a type that is not exported by name, or only as 'default'",
      fix: "Export it by name from the file that declares it.",
    },
    {
      when: "a type inside a namespace, a module declaration, a global declaration or a function",
      fix: "Move it out of there and export it by name.",
    },
    {
      when: "an enum of a package that does not export it",
      fix: "List the values that you send as literals in a type of your own.",
    },
  ],
  "computed-enum": [
    { when: "an enum of the project", fix: "Give the member a constant value." },
    {
      when: "an enum of a package",
      fix: "List the values that you send as literals in a type of your own.",
    },
  ],
  "misplaced-tag": [
    { when: "a class", fix: "Declare an interface with its data and tag that." },
    { when: "a function or a variable", fix: "Tag the interface, type alias or enum of the data." },
    { when: "a property", fix: "Tag the interface or type alias around it." },
    { when: "a namespace", fix: "Export the types at the top of the file and tag them." },
    {
      when: "a comment that no type follows directly",
      fix: "Put the comment directly before the type, or remove the tag.",
    },
    {
      when: "a comment that does not begin with '/**'",
      fix: "Write the tag in such a comment: '/** @wire */', or '/** @wire copy */'.",
    },
    { when: "'@Wire' or '@WIRE'", fix: "Write '@wire'." },
    {
      when: "a tag in the middle of a line",
      fix: "Give the tag a line of its own in the comment; put it in backticks if it is only spoken of.",
    },
  ],
  "misplaced-actor-tag": [
    { when: "an interface or a type", fix: "Tag the class that implements it; data is tagged '@wire'." },
    {
      when: "a class expression",
      fix: "Declare the class by a statement of its own and export it by name.",
    },
    {
      when: "a comment that no class follows directly",
      fix: "Put the comment directly before an exported class, or remove the tag.",
    },
    {
      when: "a comment that does not begin with '/**'",
      fix: "Write the tag in such a comment: '/** @actor */', or '/** @actor local */'.",
    },
    { when: "'@Actor', '@actors' and the like", fix: "Write '@actor'." },
    {
      when: "a tag in the middle of a line",
      fix: "Give the tag a line of its own in the comment; put it in backticks if it is only spoken of.",
    },
  ],
  "public-field": [
    { when: "data", fix: "Make it private: '#name'; let a method tell what others may know of it." },
    { when: "a function", fix: "Write it as a method, 'name(…) { … }', or make it private: '#name'." },
    { when: "a method that may be missing", fix: "Give it a body, and remove the question mark." },
  ],
  "actor-tag-words": [
    {
      when: "'@actor' with other words than 'local'",
      fix: "Write '/** @actor */', or '/** @actor local */' if it is sent to in its own process only; put a description in a line of its own.",
    },
    {
      when: "'@deadline' with what is no time",
      fix: "Write a number and a unit: '@deadline 500ms', '@deadline 5s', '@deadline 2m'.",
    },
    {
      when: "'@overflow' with another word",
      fix: "Write '@overflow wait', '@overflow reject' or '@overflow dropOldest'.",
    },
    {
      when: "'@idempotent' or '@deadline' on a method that returns nothing",
      fix: "Remove the tag, or let the method return something.",
    },
    {
      when: "'@idempotent' on a class",
      fix: "Move the tag to the methods that may run twice without harm.",
    },
    {
      when: "'@mailbox' with what is no number",
      fix: "Write how many messages wait at most: '@mailbox 1000'.",
    },
    { when: "'@mailbox' or '@reentrant' on a method", fix: "Move the tag to the class." },
    { when: "'@Idempotent' and the like", fix: "Write '@idempotent'." },
  ],
  "unreachable-actor": [
    { when: "what is no class", fix: "Write the class of the actor there: 'ActorRef<Worker>'." },
    { when: "a class without the tag", fix: "Tag the class 'Worker' '/** @actor */'." },
    {
      when: "a class tagged '@actor local'",
      fix: "Tag 'Worker' '/** @actor */' if others may send to it; keep the handle where it is otherwise.",
    },
    {
      when: "a class of another project",
      fix: "Send a handle of an actor of this project, which passes on what it is sent.",
    },
  ],
  "common-js": [
    {
      when: "a project with 'verbatimModuleSyntax'",
      fix: "Move the type to an ES module ('.mts', or '.ts' under '\"type\": \"module\"'), or turn 'verbatimModuleSyntax' off.",
    },
    {
      when: "a project whose 'module' forbids it, such as 'node16'",
      fix: "Move the type to an ES module ('.mts', or '.ts' under '\"type\": \"module\"'), or set 'module' to 'nodenext' with TypeScript 5.8 or newer.",
    },
  ],
  "unknown-tag-words": [
    {
      when: "a word that is none of them",
      fix: "Write '/** @wire */', with 'copy' behind it if its values may be mutable, and with 'binary' or 'json' if that format is enough; put a description in a line of its own.",
    },
    { when: "a word in other letters, or with a comma", fix: "Write '/** @wire copy binary */'." },
    { when: "a word twice", fix: "Write '/** @wire copy */'." },
    { when: "both formats", fix: "Write '/** @wire */', which gives both formats." },
    { when: "two tags that differ", fix: "Keep one of them." },
  ],
  "missing-format": [
    {
      when: "a type in both formats that is made of one in a single format",
      fix: "Tag 'Price' '/** @wire */', or 'Order' '/** @wire binary */' if it needs no JSON codec.",
    },
    {
      when: "a type in one format that is made of one in the other",
      fix: "Tag 'Price' '/** @wire */'.",
    },
  ],
  "deep-nesting": [
    {
      when: "types without names in one another",
      fix: "Declare an interface for a part of it, and write its name there.",
    },
    {
      when: "a chain of aliases, bases and type arguments",
      fix: "Shorten the chain: write the type itself where an alias stands for an alias of an alias.",
    },
  ],
} as const satisfies Readonly<Record<string, readonly Case[]>>;

/** Names with the same fix are one case. */
function byFix(fixes: Readonly<Record<string, string>>): readonly Case[] {
  const names = new Map<string, string[]>();
  for (const [name, fix] of Object.entries(fixes)) names.set(fix, [...(names.get(fix) ?? []), name]);
  return [...names].map(([fix, same]) => ({ when: same.map((name) => `'${name}'`).join(", "), fix }));
}
