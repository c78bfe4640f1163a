// The folder in which the types of one package are tried: a project with the repository's packages in reach.
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { repository } from "./package-config.ts";

/** Every flag that a user's project may have on. */
const everyStrictFlag = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  allowUnreachableCode: false,
  allowUnusedLabels: false,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  declaration: true,
  isolatedDeclarations: true,
  erasableSyntaxOnly: true,
};

export class Workspace {
  readonly folder: string;
  readonly options: ts.CompilerOptions;

  /** @param folder an empty one */
  constructor(folder: string, lib: readonly string[] = []) {
    this.folder = folder;
    const compilerOptions = {
      target: "es2022",
      module: "esnext",
      moduleResolution: "bundler",
      lib: ["es2023", ...lib],
      types: [],
      noEmit: true,
      skipLibCheck: true,
      ...everyStrictFlag,
    };
    this.write("package.json", '{ "type": "module" }');
    this.write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["src"] }));
    symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"), "junction");
    const paths = {
      "@hewn/runtime": [join(repository, "runtime/src/index.ts")],
      "@hewn/runtime/codec": [join(repository, "runtime/src/codec/index.ts")],
    };
    const converted = ts.convertCompilerOptionsFromJson(compilerOptions, folder);
    this.options = { ...converted.options, paths };
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, text: string): string {
    const file = this.path(name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  program(files: readonly string[], more: ts.CompilerOptions = {}): ts.Program {
    return ts.createProgram(files, { ...this.options, ...more });
  }
}

export function sourceOf(program: ts.Program, name: string): ts.SourceFile {
  const file = program.getSourceFile(name);
  if (!file) throw new Error(`${name} is not in the program`);
  return file;
}
