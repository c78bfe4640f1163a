// tsc's verdict on values: each is printed as a literal, and assigned to its type through a constant, so that neither
// widening nor the check for excess properties of literals has a say.
import ts from "typescript";
import { foreign } from "./exported-types.ts";
import type { ForeignModule } from "./foreign-module.ts";
import { expressionOf, type Tree } from "./value-tree.ts";
import { sourceOf, type Workspace } from "./workspace.ts";

export interface Question {
  readonly type: string;
  readonly value: Tree;
  /** Not a value as it was made: it may have properties that its type does not know, or `undefined` for absent. */
  readonly isChanged: boolean;
}

/** What tsc says of the assignment; undefined if it accepts the value. */
export type Verdict = { readonly code: number; readonly text: string } | undefined;

/** What an assignment may be refused for; anything else is a mistake in the question. */
const refusals = new Set([2322, 2559, 2739, 2740, 2741, 2820]);

/** Values a file, so that no file grows beyond what tsc reads swiftly. */
const questionsMax = 4000;

export function askCompiler(
  workspace: Workspace,
  module: ForeignModule,
  questions: readonly Question[],
): readonly Verdict[] {
  const batches = Array.from({ length: Math.ceil(questions.length / questionsMax) }, (_, index) =>
    questions.slice(index * questionsMax, (index + 1) * questionsMax),
  );
  const files = batches.map((batch, index) =>
    workspace.write(`oracle/${module.slug}-${index}.ts`, questionText(module, batch)),
  );
  // An optional property may be undefined to a codec, as it may be without this flag.
  const program = workspace.program(files, {
    exactOptionalPropertyTypes: false,
    noUnusedLocals: false,
    isolatedDeclarations: false,
    declaration: false,
    isolatedModules: false,
    verbatimModuleSyntax: false,
  });
  return files.flatMap((file, index) => verdicts(program, file, batches[index]?.length ?? 0));
}

const headLines = 2;

function questionText(module: ForeignModule, questions: readonly Question[]): string {
  const lines = [
    `import type * as ${foreign} from "${module.module}";`,
    `import type * as tagged from "../src/${module.slug}.js";`,
  ];
  for (const [index, { type, value }] of questions.entries()) {
    const text = expressionOf(value).replace(
      /[\u2028\u2029]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16)}`,
    );
    lines.push(`const c${index} = ${text}; const v${index}: tagged.${type} = c${index};`);
  }
  return `${lines.join("\n")}\n`;
}

function verdicts(program: ts.Program, name: string, count: number): readonly Verdict[] {
  const file = sourceOf(program, name);
  const found = new Array<Verdict>(count).fill(undefined);
  const broken = program.getSyntacticDiagnostics(file);
  for (const { start, code, messageText } of [...broken, ...program.getSemanticDiagnostics(file)]) {
    const { line } = file.getLineAndCharacterOfPosition(start ?? 0);
    const text = ts.flattenDiagnosticMessageText(messageText, "\n");
    if (!refusals.has(code)) throw new Error(`${name}:${line + 1} asks something else: TS${code} ${text}`);
    found[line - headLines] = { code, text };
  }
  return found;
}
