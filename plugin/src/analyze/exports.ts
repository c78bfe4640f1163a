// By what name a declaration can be imported from its file.
import type ts from "typescript";
import { fill } from "../diagnostic/catalog.ts";
import { foreignFixes } from "../diagnostic/foreign-fixes.ts";
import { type Compiler, declarationsOf } from "./compiler.ts";
import { packageOf } from "./foreign.ts";

/** By checker, because a file that is unchanged in the next program may export what another file now declares. */
const found = new WeakMap<ts.TypeChecker, Map<ts.SourceFile, ReadonlyMap<ts.Symbol, string>>>();

/** The exported name of a symbol declared in a file; its own name where there are several; never `default`. */
export function exportedName(compiler: Compiler, file: ts.SourceFile, symbol: ts.Symbol): string | undefined {
  let files = found.get(compiler.checker);
  if (!files) {
    files = new Map();
    found.set(compiler.checker, files);
  }
  let names = files.get(file);
  if (!names) {
    names = exportsOf(compiler, file);
    files.set(file, names);
  }
  return names.get(symbol);
}

function exportsOf({ ts, checker }: Compiler, file: ts.SourceFile): ReadonlyMap<ts.Symbol, string> {
  const names = new Map<ts.Symbol, string>();
  const module = checker.getSymbolAtLocation(file);
  if (!module) return names;
  for (const exported of checker.getExportsOfModule(module)) {
    if (exported.name === "default" || exported.name === "export=") continue;
    const isAlias = exported.flags & ts.SymbolFlags.Alias;
    const target = isAlias ? checker.getAliasedSymbol(exported) : exported;
    if (!names.has(target) || exported.name === target.name) names.set(target, exported.name);
  }
  return names;
}

/** The file that exports a declaration: for one in `declare module "./x.ts"` the file that this adds to. */
export function exportingFile(compiler: Compiler, declaration: ts.Node): ts.SourceFile {
  const { ts, checker } = compiler;
  const around = declaration.parent?.parent;
  const isInModule = around && ts.isModuleDeclaration(around) && ts.isStringLiteral(around.name);
  const module = isInModule ? declarationsOf(checker.getSymbolAtLocation(around.name)) : [];
  return module.find((each) => ts.isSourceFile(each)) ?? declaration.getSourceFile();
}

/** Why a declaration has no exported name, as the rest of a sentence, and what to do about it; of a package only enums need one. */
export function whyUnexported(
  { ts }: Compiler,
  declaration: ts.Node,
  name: string,
): { readonly reason: string; readonly remedy: string } {
  const foreign = foreignEnum(declaration, name);
  const remedy = foreign ?? `Export '${name}' by name from the file that declares it.`;
  const outOf = (place: string): string =>
    foreign ?? `Move '${name}' out of the ${place} and export it by name.`;
  for (let node = declaration.parent; node && !ts.isSourceFile(node); node = node.parent) {
    if (ts.isModuleDeclaration(node)) {
      const isGlobal = (node.flags & ts.NodeFlags.GlobalAugmentation) !== 0;
      if (isGlobal) return { reason: "is declared in 'declare global'", remedy: outOf("global declaration") };
      const kind = ts.isStringLiteral(node.name) ? "module declaration" : "namespace";
      return { reason: `is declared inside '${node.name.text}'`, remedy: outOf(kind) };
    }
    if (ts.isFunctionLike(node))
      return { reason: "is declared inside a function", remedy: outOf("function") };
  }
  if (!ts.isExternalModule(declaration.getSourceFile())) {
    return { reason: "is declared in a file that exports nothing", remedy };
  }
  const assigned = declaration.getSourceFile().statements.find((each) => ts.isExportAssignment(each));
  if (assigned?.isExportEquals) {
    const move = `Move '${name}' to a file without 'export =', and export it there by name.`;
    return {
      reason: "is declared in a file with 'export =', which exports no type by name",
      remedy: foreign ?? move,
    };
  }
  const flags = ts.getCombinedModifierFlags(declaration as ts.Declaration);
  const isDefault =
    (flags & ts.ModifierFlags.Default) !== 0 ||
    (assigned && ts.isIdentifier(assigned.expression) && assigned.expression.text === name);
  if (!isDefault) return { reason: "is not exported", remedy };
  const beside = `Export '${name}' by name too, in the file that declares it: 'export type { ${name} };'.`;
  return { reason: "is exported as 'default' only", remedy: foreign ?? beside };
}

/** What to do about an enum that a package declares; undefined for one of the project. */
export function foreignEnum(declaration: ts.Node, name: string): string | undefined {
  const own = packageOf(declaration);
  return own === undefined ? undefined : fill(foreignFixes.enum, { declared: name, package: own });
}
