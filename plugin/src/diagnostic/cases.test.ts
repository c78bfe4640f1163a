// Each case of a code is one that is reported: a sample of it earns the code, and the fix in the words of the case, or
// in those of the sample where it names types.
import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { inMemoryProject } from "../analyze/in-memory-project.testing.ts";
import { generate } from "../generate.ts";
import { type Case, cases } from "./cases.ts";
import { entryOf } from "./catalog.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { libraryFixes, memoryFixes } from "./library-fixes.ts";

interface Sample {
  readonly text: string;
  /** What is to be written, where that names types of the sample. */
  readonly fix?: string;
  readonly file?: string;
  readonly options?: ts.CompilerOptions;
  /** The declarations of a package called `shades`. */
  readonly shades?: string;
}

const fixed = (fix: string | undefined): Pick<Sample, "fix"> => (fix === undefined ? {} : { fix });

/** A property of this type. */
function of(type: string, fix?: string): Sample {
  const text = `import type { f64, i32 } from "@hewn/runtime";\n/** @wire */\nexport interface T { readonly a: ${type}; readonly b: i32; readonly c: f64 }`;
  return { text, ...fixed(fix) };
}

/** An order and its price, each with words behind its tag. */
function priced(price: string, order: string): string {
  return `/** @wire ${price} */\nexport interface Price { readonly cents: number }\n/** @wire ${order} */\nexport interface Order { readonly price: Price }`;
}
/** An actor with this member. */
const member = (text: string): Sample => ({ text: `/** @actor */\nexport class T {\n  ${text}\n}` });

/** A handle of this class, which `more` declares. */
function handle(actor: string, more: string): Sample {
  const head = 'import type { ActorRef } from "@hewn/runtime";\n';
  return { text: `${head}${more}\n/** @wire */\nexport interface T { readonly a: ActorRef<${actor}> }` };
}

const mended = "/** @wire */\nexport interface T { readonly a: string }";
const literals =
  "'Shade' is declared by the package 'shades': list the values that you send as literals in a type of your own, and use that instead.";
const node16 = { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 };

/** By the title of the diagnostic and the words of the case; names of the library have theirs from their table. */
const samples: Readonly<Record<keyof typeof cases, Readonly<Record<string, readonly Sample[]>>>> = {
  "library-object": { "any other object of the library": [of("Intl.Locale")] },
  "local-resource": {
    "bytes or a typed array in memory that threads share": [
      of(
        "Uint8Array<SharedArrayBuffer>",
        "Declare 'Uint8Array': what arrives is a copy in memory of its own, which nobody shares.",
      ),
    ],
    "a stream, a socket, a handle or anything else that is open": [of("ReadableStream"), of("AbortSignal")],
  },
  "mixed-union": {
    "two types of one primitive, such as 'i32' and 'f64'": [
      of("i32 | f64", "Choose one of 'i32' and 'f64' for all values."),
    ],
    "literals beside a type that has them too, such as '\"auto\" | 5' beside 'i32'": [
      of(
        '"auto" | 5 | i32',
        "Let 'i32' stand for the values of '\"auto\" | 5' as well, or list all values as literals.",
      ),
    ],
    "two enums, or an enum and literals": [
      {
        text: `export enum A { x = 1 }\nexport enum B { y = 2 }\n${of("A | B").text}`,
        fix: "Make all of them members of one enum, or plain literals, instead of 'A' and 'B'.",
      },
      {
        text: `export enum A { x = 1 }\n${of("A | 7").text}`,
        fix: "Make all of them members of one enum, or plain literals, instead of 'A' and '7'.",
      },
    ],
    "numbers and bigints, which JSON has as numbers both": [of("number | bigint")],
    "arrays of different elements": [
      of("readonly string[] | readonly number[]", "Write 'readonly (string | number)[]'."),
    ],
    "two types that are the same only in JSON, such as 'string' and 'Uint8Array'": [
      of(
        "string | Date",
        "Choose one of 'string' and 'Date', or put one into an object: 'string | { readonly date: Date }'.",
      ),
    ],
    "anything else": [of("string | Date | { readonly a: i32 }")],
  },
  "index-signature": {
    "an index signature beside named properties": [
      of("{ readonly [key: string]: string; readonly id: string }"),
    ],
    "an index signature over numbers, symbols or templates": [
      of("{ readonly [key: number]: string }"),
      of("{ readonly [key: symbol]: string }"),
      of("{ readonly [key: `x${string}`]: string }"),
    ],
  },
  unexported: {
    "a type that is not exported by name, or only as 'default'": [
      {
        text: mended.replace("export ", ""),
        fix: "Export 'T' by name from the file that declares it.",
      },
      {
        text: mended.replace("export ", "export default "),
        fix: "Export 'T' by name too, in the file that declares it: 'export type { T };'.",
      },
    ],
    "a type inside a namespace, a module declaration, a global declaration or a function": [
      {
        text: `export namespace N { export enum E { a = 1 } }\n${of("N.E").text}`,
        fix: "Move 'E' out of the namespace and export it by name.",
      },
    ],
    "an enum of a package that does not export it": [
      {
        text: `import type { Palette } from "shades";\n${of('Palette["shade"]').text}`,
        shades:
          "declare enum Shade { dark = 1 }\nexport interface Palette { readonly shade: Shade }\nexport {};",
        fix: literals,
      },
    ],
  },
  "computed-enum": {
    "an enum of the project": [{ text: `export enum E { a = "x".length }\n${of("E").text}` }],
    "an enum of a package": [
      {
        text: `import type { Shade } from "shades";\n${of("Shade").text}`,
        shades: "export declare enum Shade { dark, light }",
        fix: literals,
      },
    ],
  },
  "misplaced-tag": {
    "a class": [{ text: "/** @wire */\nexport class T { readonly a = 1 }" }],
    "a function or a variable": [
      { text: "/** @wire */\nexport function f() {}" },
      { text: "/** @wire */\nexport const a = 1;" },
    ],
    "a property": [{ text: "export interface T { /** @wire */ readonly a: string }" }],
    "a namespace": [{ text: "/** @wire */\nexport namespace N { export const a = 1; }" }],
    "a comment that no type follows directly": [{ text: "/** @wire */\nexport {};" }],
    "a comment that does not begin with '/**'": [
      { text: mended.replace("/**", "/*") },
      { text: "// @wire copy\nexport interface T { readonly a: string }" },
    ],
    "'@Wire' or '@WIRE'": [
      { text: mended.replace("@wire", "@Wire") },
      { text: mended.replace("@wire", "@WIRE") },
    ],
    "a tag in the middle of a line": [{ text: mended.replace("@wire", "An order @wire") }],
  },
  "misplaced-actor-tag": {
    "an interface or a type": [{ text: "/** @actor */\nexport interface T {}" }],
    "a class expression": [{ text: "/** @actor */\nexport const T = class {};" }],
    "a comment that no class follows directly": [{ text: "/** @actor */\nexport function f() {}" }],
    "a comment that does not begin with '/**'": [{ text: "// @actor\nexport class T {}" }],
    "'@Actor', '@actors' and the like": [
      { text: "/** @Actor */\nexport class T {}" },
      { text: "/** @actors */\nexport class T {}" },
    ],
    "a tag in the middle of a line": [{ text: "/** A store. @actor */\nexport class T {}" }],
  },
  "public-field": {
    data: [member("name = 1;")],
    "a function": [member("name = () => 1;")],
    "a method that may be missing": [member("name?(): void;")],
  },
  "actor-tag-words": {
    "'@actor' with other words than 'local'": [{ text: "/** @actor of words */\nexport class T {}" }],
    "'@deadline' with what is no time": [member("/** @deadline soon */ m() { return 1; }")],
    "'@overflow' with another word": [member("/** @overflow drop */ m() { return 1; }")],
    "'@idempotent' or '@deadline' on a method that returns nothing": [
      member("/** @idempotent */ m(): void {}"),
      member("/** @deadline 5s */ m(): void {}"),
    ],
    "'@idempotent' on a class": [{ text: "/**\n * @actor\n * @idempotent\n */\nexport class T {}" }],
    "'@mailbox' with what is no number": [
      { text: "/**\n * @actor\n * @mailbox full\n */\nexport class T {}" },
    ],
    "'@mailbox' or '@reentrant' on a method": [
      member("/** @mailbox 5 */ m() { return 1; }"),
      member("/** @reentrant */ m(): void {}"),
    ],
    "'@Idempotent' and the like": [member("/** @Idempotent */ m() { return 1; }")],
  },
  "unreachable-actor": {
    "what is no class": [handle("object", "")],
    "a class without the tag": [handle("Worker", "export class Worker {}")],
    "a class tagged '@actor local'": [handle("Worker", "/** @actor local */\nexport class Worker {}")],
    "a class of another project": [
      {
        text: 'import type { ActorRef } from "@hewn/runtime";\nimport type { Shade } from "shades";\n/** @wire */\nexport interface T { readonly a: ActorRef<Shade> }',
        shades: "/** @actor */\nexport declare class Shade { darken(): void }",
      },
    ],
  },
  "common-js": {
    "a project with 'verbatimModuleSyntax'": [
      { text: mended, file: "input.cts", options: { verbatimModuleSyntax: true } },
    ],
    "a project whose 'module' forbids it, such as 'node16'": [
      { text: mended, file: "input.cts", options: node16 },
    ],
  },
  "unknown-tag-words": {
    "a word that is none of them": [{ text: mended.replace("@wire", "@wire mutable") }],
    "a word in other letters, or with a comma": [
      { text: mended.replace("@wire", "@wire Copy binary") },
      { text: mended.replace("@wire", "@wire binary, copy") },
      { text: mended.replace("@wire", "@wire copy msgpack") },
    ],
    "a word twice": [{ text: mended.replace("@wire", "@wire copy copy") }],
    "both formats": [{ text: mended.replace("@wire", "@wire json binary") }],
    "two tags that differ": [{ text: mended.replace("@wire", "\n * @wire\n * @wire copy\n") }],
  },
  "missing-format": {
    "a type in both formats that is made of one in a single format": [
      { text: priced("binary", "") },
      {
        text: priced("json", ""),
        fix: "Tag 'Price' '/** @wire */', or 'Order' '/** @wire json */' if it needs no binary codec.",
      },
    ],
    "a type in one format that is made of one in the other": [{ text: priced("binary", "json") }],
  },
  "deep-nesting": {
    "types without names in one another": [of(`${"readonly (".repeat(300)}string${")[]".repeat(300)}`)],
    "a chain of aliases, bases and type arguments": [
      {
        text: `${Array.from({ length: 3000 }, (_, i) => `export interface A${i} extends A${i + 1} {}`).join("\n")}\nexport interface A3000 { readonly a: string }\n/** @wire */\nexport type T = A0;`,
      },
    ],
  },
};

function diagnosticsOf({ text, file = "input.ts", options, shades }: Sample): readonly Diagnostic[] {
  const shipped = {
    "node_modules/shades/package.json": '{ "name": "shades", "type": "module", "types": "./index.d.ts" }',
    "node_modules/shades/index.d.ts": shades ?? "",
  };
  const lib = ["lib.es2023.d.ts", "lib.dom.d.ts"];
  const project = inMemoryProject({ [file]: text, ...(shades && shipped) }, { lib, ...options });
  return generate(ts, project.program, project.file(file))?.diagnostics ?? [];
}

const fixOf = ({ fix }: Case): string => fix;
const namesOf = (table: Readonly<Record<string, string>>): string[] => [...new Set(Object.values(table))];

describe.each(Object.entries(cases))("%s", (title, listed: readonly Case[]) => {
  const known = samples[title as keyof typeof cases];

  test("lists what has a sample here, and the names of the library by what to write instead", () => {
    const tables = { "library-object": libraryFixes, "local-resource": memoryFixes };
    const named = namesOf(tables[title as keyof typeof tables] ?? {});
    expect(listed.slice(0, named.length).map(fixOf)).toEqual(named);
    expect(listed.slice(named.length).map(({ when }) => when)).toEqual(Object.keys(known));
  });

  test.each(listed.filter(({ when }) => known[when]))("is reported for $when", ({ when, fix }) => {
    for (const sample of known[when]!) {
      const found = diagnosticsOf(sample).map((each) => ({ code: each.code, fix: each.fix }));
      expect(found).toEqual([{ code: entryOf(title as keyof typeof cases).code, fix: sample.fix ?? fix }]);
    }
  });
});
