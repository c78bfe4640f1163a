// The types that a package exports and that hold data by their form: interfaces, and aliases of object types or of
// unions with an object type in them. Namespaces are entered; what a package only passes on from another is left out.
import ts from "typescript";
import type { PackageConfig } from "./package-config.ts";

export interface ExportedType {
  /** Unique in its module: the path to it in one word, `Protocol_Debugger_Location`. */
  readonly name: string;
  /** The type as TypeScript below the module's own name: `Protocol.Debugger.Location<string>`. */
  readonly reference: string;
}

export interface ModuleTypes {
  readonly module: string;
  readonly types: readonly ExportedType[];
  /** Generic types for which the configuration has no arguments. */
  readonly generic: readonly string[];
  /** How a file that imports the module as {@link foreign} names the members of its enums. */
  readonly enums: ReadonlyMap<ts.Symbol, string>;
}

/** The name under which generated files import the module. */
export const foreign = "foreign";

/** @param file a source file whose first statement imports the module */
export function exportedTypes(program: ts.Program, file: ts.SourceFile, config: PackageConfig): ModuleTypes {
  const checker = program.getTypeChecker();
  const specifier = file.statements.find((each) => ts.isImportDeclaration(each))?.moduleSpecifier;
  const symbol = specifier && checker.getSymbolAtLocation(specifier);
  if (!symbol || !specifier || !ts.isStringLiteral(specifier))
    throw new Error(`cannot resolve the module of ${file.fileName}`);
  const found = new Search(checker, config);
  found.enter(symbol, []);
  return { module: specifier.text, types: found.types, generic: found.generic, enums: found.enums };
}

class Search {
  readonly types: ExportedType[] = [];
  readonly generic: string[] = [];
  readonly enums = new Map<ts.Symbol, string>();
  readonly #checker: ts.TypeChecker;
  readonly #config: PackageConfig;
  readonly #seen = new Set<ts.Symbol>();
  readonly #names = new Set<string>();

  constructor(checker: ts.TypeChecker, config: PackageConfig) {
    this.#checker = checker;
    this.#config = config;
  }

  enter(module: ts.Symbol, path: readonly string[]): void {
    // A default export comes last: the same thing under a name of its own is the better one.
    const exported = [...this.#checker.getExportsOfModule(module)];
    exported.sort((a, b) => Number(a.name === "default") - Number(b.name === "default"));
    for (const symbol of exported) this.#visit(symbol, [...path, symbol.name]);
  }

  #visit(exported: ts.Symbol, path: readonly string[]): void {
    const isAlias = exported.flags & ts.SymbolFlags.Alias;
    const symbol = isAlias ? this.#checker.getAliasedSymbol(exported) : exported;
    if (this.#seen.has(symbol) || !this.#isOwn(symbol)) return;
    this.#seen.add(symbol);
    if (symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) this.#add(symbol, path);
    if (symbol.flags & ts.SymbolFlags.Enum) {
      const members = this.#checker.getExportsOfModule(symbol);
      for (const member of members) this.enums.set(member, [foreign, ...path, member.name].join("."));
    } else if (symbol.flags & ts.SymbolFlags.Namespace) this.enter(symbol, path);
  }

  /** Declared in the package, not in one that it depends on. */
  #isOwn(symbol: ts.Symbol): boolean {
    const folder = `/node_modules/${this.#config.package}/`;
    return (symbol.declarations ?? []).some((node) => {
      const [, rest] = node.getSourceFile().fileName.split(folder);
      return rest !== undefined && !rest.includes("/node_modules/");
    });
  }

  #add(symbol: ts.Symbol, path: readonly string[]): void {
    const type = this.#checker.getDeclaredTypeOfSymbol(symbol);
    if (!(symbol.flags & ts.SymbolFlags.Interface) && !this.#isObject(type)) return;
    const text = path.join(".");
    const args = this.#config.arguments?.[text];
    if (this.#config.leaveOut?.includes(text)) return;
    if (!args && needsArguments(symbol)) {
      this.generic.push(text);
      return;
    }
    const reference = args ? `${text}<${args.join(", ")}>` : text;
    this.types.push({ name: this.#nameOf(path), reference });
  }

  #isObject(type: ts.Type): boolean {
    const parts = type.isUnion() ? type.types : [type];
    return parts.some((part) => {
      if (part.isIntersection()) return part.types.every((each) => this.#isObject(each));
      if (!(part.flags & ts.TypeFlags.Object)) return false;
      return this.#checker.getSignaturesOfType(part, ts.SignatureKind.Call).length === 0;
    });
  }

  #nameOf(path: readonly string[]): string {
    let name = path.join("_").replace(/[^\p{L}\p{N}_$]/gu, "_");
    while (this.#names.has(name)) name += "_";
    this.#names.add(name);
    return name;
  }
}

function needsArguments(symbol: ts.Symbol): boolean {
  return (symbol.declarations ?? []).some((node) => {
    if (!ts.isInterfaceDeclaration(node) && !ts.isTypeAliasDeclaration(node)) return false;
    return (node.typeParameters ?? []).some((parameter) => parameter.default === undefined);
  });
}
