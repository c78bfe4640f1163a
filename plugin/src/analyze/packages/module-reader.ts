// What modules export, read from their text: a codec file is not part of every program, and each front must see the
// same.
import type ts from "typescript";

/** Where a name that a module exports is declared. */
export interface Exported {
  readonly file: string;
  readonly name: string;
}

export class ModuleReader {
  readonly #ts: typeof ts;
  readonly #program: ts.Program;
  readonly #host: ts.ModuleResolutionHost;
  readonly #parsed = new Map<string, ts.SourceFile | undefined>();

  constructor(compiler: typeof ts, program: ts.Program, host: ts.ModuleResolutionHost) {
    this.#ts = compiler;
    this.#program = program;
    this.#host = host;
  }

  /** The file that a specifier in `importer` leads to, absolute; undefined where it leads nowhere. */
  resolve(specifier: string, importer: string): string | undefined {
    const options = this.#program.getCompilerOptions();
    const mode = this.#modeOf(importer);
    const canNameSources =
      options.allowImportingTsExtensions ?? options.rewriteRelativeImportExtensions ?? false;
    const find = (how: ts.CompilerOptions) => {
      const { resolveModuleName } = this.#ts;
      const found = resolveModuleName(specifier, importer, how, this.#host, undefined, undefined, mode);
      const { resolvedFileName, resolvedUsingTsExtension } = found.resolvedModule ?? {};
      const isForbidden = resolvedUsingTsExtension === true && !canNameSources;
      return isForbidden ? undefined : resolvedFileName?.replaceAll("\\", "/");
    };
    const file = find(options);
    // The older ways of the compiler do not look at `exports`, which Node does.
    const { Bundler, Node16, NodeNext } = this.#ts.ModuleResolutionKind;
    const { moduleResolution: kind, module = 0 } = options;
    const isImplied = kind === undefined && module >= this.#ts.ModuleKind.Node16;
    const isModern = isImplied || kind === Bundler || kind === Node16 || kind === NodeNext;
    const asNode = { ...options, module: this.#ts.ModuleKind.ESNext, moduleResolution: Bundler };
    return isModern || find(asNode) === file ? file : undefined;
  }

  /** Whether two paths are one file, whatever links lead to it. */
  isSame(a: string, b: string): boolean {
    const real = (file: string): string => this.#host.realpath?.(file).replaceAll("\\", "/") ?? file;
    return a === b || real(a) === real(b);
  }

  /** Where the name that a module exports as `name` is declared; undefined if it exports none. */
  find(file: string, name: string, seen: ReadonlySet<string> = new Set()): Exported | undefined {
    const key = `${file}#${name}`;
    const module = seen.has(key) ? undefined : this.module(file);
    if (!module) return undefined;
    const inner = new Set([...seen, key]);
    if (this.declared(file, name).some((node) => this.#isExported(node))) return { file, name };
    return this.#named(module, name, inner) ?? this.#fromStar(module, name, inner);
  }

  /** The declarations of a name at the top of a module. */
  declared(file: string, name: string): readonly ts.Statement[] {
    const statements = this.module(file)?.statements ?? [];
    return statements.filter((node) => namesOf(this.#ts, node).includes(name));
  }

  module(file: string): ts.SourceFile | undefined {
    if (!this.#parsed.has(file))
      this.#parsed.set(file, this.#program.getSourceFile(file) ?? this.#parse(file));
    return this.#parsed.get(file);
  }

  #parse(file: string): ts.SourceFile | undefined {
    const text = this.#host.fileExists(file) ? this.#host.readFile(file) : undefined;
    return text === undefined
      ? undefined
      : this.#ts.createSourceFile(file, text, this.#ts.ScriptTarget.Latest, false);
  }

  #modeOf(file: string): ts.ResolutionMode {
    const known = this.#program.getSourceFile(file);
    if (known) return known.impliedNodeFormat;
    const { getImpliedNodeFormatForFile } = this.#ts;
    return getImpliedNodeFormatForFile(file, undefined, this.#host, this.#program.getCompilerOptions());
  }

  #isExported(node: ts.Statement): boolean {
    const { ts, modifiers } = {
      ts: this.#ts,
      modifiers: (node as Partial<ts.InterfaceDeclaration>).modifiers,
    };
    return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
  }

  /** `export { a as b } from "…"`, or without `from`, of what is declared or imported here. */
  #named(module: ts.SourceFile, name: string, seen: ReadonlySet<string>): Exported | undefined {
    const ts = this.#ts;
    for (const node of module.statements) {
      if (!ts.isExportDeclaration(node) || !node.exportClause || !ts.isNamedExports(node.exportClause))
        continue;
      const element = node.exportClause.elements.find((each) => each.name.text === name);
      if (!element) continue;
      const own = (element.propertyName ?? element.name).text;
      if (node.moduleSpecifier) return this.#in(module, node.moduleSpecifier, own, seen);
      if (this.declared(module.fileName, own).length > 0) return { file: module.fileName, name: own };
      return this.#imported(module, own, seen);
    }
    return undefined;
  }

  #imported(module: ts.SourceFile, name: string, seen: ReadonlySet<string>): Exported | undefined {
    const ts = this.#ts;
    for (const node of module.statements) {
      const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : undefined;
      if (!ts.isImportDeclaration(node) || !bindings || !ts.isNamedImports(bindings)) continue;
      const element = bindings.elements.find((each) => each.name.text === name);
      if (element)
        return this.#in(module, node.moduleSpecifier, (element.propertyName ?? element.name).text, seen);
    }
    return undefined;
  }

  #fromStar(module: ts.SourceFile, name: string, seen: ReadonlySet<string>): Exported | undefined {
    for (const node of module.statements) {
      if (!this.#ts.isExportDeclaration(node) || node.exportClause || !node.moduleSpecifier) continue;
      const found = this.#in(module, node.moduleSpecifier, name, seen);
      if (found) return found;
    }
    return undefined;
  }

  #in(
    module: ts.SourceFile,
    specifier: ts.Expression,
    name: string,
    seen: ReadonlySet<string>,
  ): Exported | undefined {
    if (!this.#ts.isStringLiteral(specifier)) return undefined;
    const file = this.resolve(specifier.text, module.fileName.replaceAll("\\", "/"));
    return file === undefined ? undefined : this.find(file, name, seen);
  }
}

function namesOf(compiler: typeof ts, node: ts.Statement): readonly string[] {
  if (compiler.isVariableStatement(node))
    return node.declarationList.declarations.flatMap(({ name }) =>
      compiler.isIdentifier(name) ? [name.text] : [],
    );
  const isNamed =
    compiler.isFunctionDeclaration(node) ||
    compiler.isInterfaceDeclaration(node) ||
    compiler.isTypeAliasDeclaration(node) ||
    compiler.isEnumDeclaration(node) ||
    compiler.isClassDeclaration(node);
  return isNamed && node.name ? [node.name.text] : [];
}
