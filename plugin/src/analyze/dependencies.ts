// The files whose change may change the schema of a file: found through the names that declarations mention, because
// the checker forgets the aliases and re-exports on the way to a type.
import type ts from "typescript";
import { actorTagsOf } from "./actors/tags.ts";
import { type Compiler, declarationsOf, fileNameOf } from "./compiler.ts";
import { isLibraryFile } from "./library.ts";
import { tagsOf } from "./tags.ts";

/** What the text of one declaration mentions; the same for every file that reaches the declaration. */
interface Mentions {
  readonly files: ReadonlySet<string>;
  readonly declarations: ReadonlySet<ts.Node>;
}

const known = new WeakMap<ts.Program, Map<ts.Node, Mentions>>();

/** Absolute, forward slashes, sorted; the file itself is one of them. Libraries in node_modules are not. */
export function dependenciesOf(compiler: Compiler, file: ts.SourceFile): readonly string[] {
  const files = new Set([fileNameOf(file)]);
  const classes = actorTagsOf(compiler.ts, file).tagged.map(({ node }) => node);
  const nodes = new Set<ts.Node>([...tagsOf(compiler.ts, file).tagged, ...classes]);
  for (const node of nodes) {
    const mentions = mentionsOf(compiler, node);
    for (const each of mentions.files) files.add(each);
    for (const each of mentions.declarations) nodes.add(each);
  }
  return [...files].sort();
}

function mentionsOf(compiler: Compiler, node: ts.Node): Mentions {
  let mentions = known.get(compiler.program);
  if (!mentions) {
    mentions = new Map();
    known.set(compiler.program, mentions);
  }
  let found = mentions.get(node);
  if (!found) {
    found = findMentions(compiler, node);
    mentions.set(node, found);
  }
  return found;
}

function findMentions(compiler: Compiler, node: ts.Node): Mentions {
  const { ts } = compiler;
  const files = new Set<string>();
  const declarations = new Set<ts.Node>();
  const add = (declaration: ts.Declaration): void => {
    const file = declaration.getSourceFile();
    if (isLibraryFile(compiler, file) || fileNameOf(file).includes("/node_modules/")) return;
    files.add(fileNameOf(file));
    if (isTypeDeclaration(compiler, declaration)) declarations.add(declaration);
  };
  const mention = (name: ts.Node): void => {
    for (const declaration of symbolChain(compiler, name).flatMap(declarationsOf)) {
      add(declaration);
      modulesBehind(compiler, declaration).forEach(add);
    }
  };
  const visit = (part: ts.Node): void => {
    const name = mentionedName(compiler, part);
    if (name) mention(name);
    // In `geometry.Point` the first name says through which module the second one was found.
    if (name && ts.isQualifiedName(name)) mention(name.left);
    if (ts.isImportTypeNode(part)) modulesBehind(compiler, part).forEach(add);
    ts.forEachChild(part, visit);
  };
  declarationsOf(symbolOf(compiler, node)).forEach(add);
  ts.forEachChild(node, visit);
  return { files, declarations };
}

function isTypeDeclaration({ ts }: Compiler, node: ts.Node): boolean {
  return (
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isVariableDeclaration(node)
  );
}

function symbolOf({ ts, checker }: Compiler, node: ts.Node): ts.Symbol | undefined {
  const name = ts.getNameOfDeclaration(node as ts.Declaration);
  return name && checker.getSymbolAtLocation(name);
}

/** The module that an import or export names, and those that it hands on as a whole: no symbol tells of `export *`. */
function modulesBehind(compiler: Compiler, node: ts.Node): ReadonlySet<ts.SourceFile> {
  const { ts } = compiler;
  const modules = new Set<ts.SourceFile>();
  const enter = (specifier: ts.Node | undefined): void => {
    if (specifier) for (const module of sourceFilesOf(compiler, specifier)) modules.add(module);
  };
  enter(specifierAround(compiler, node));
  for (const module of modules) {
    for (const part of module.statements) {
      if (ts.isExportDeclaration(part) && !part.exportClause) enter(part.moduleSpecifier);
    }
  }
  return modules;
}

function specifierAround({ ts }: Compiler, node: ts.Node): ts.Node | undefined {
  for (let around: ts.Node | undefined = node; around; around = around.parent) {
    if (ts.isImportDeclaration(around) || ts.isExportDeclaration(around)) return around.moduleSpecifier;
    if (ts.isImportTypeNode(around) && ts.isLiteralTypeNode(around.argument)) return around.argument.literal;
    if (ts.isStatement(around)) return undefined;
  }
  return undefined;
}

function sourceFilesOf({ ts, checker }: Compiler, specifier: ts.Node): readonly ts.SourceFile[] {
  return declarationsOf(checker.getSymbolAtLocation(specifier)).filter((declaration) =>
    ts.isSourceFile(declaration),
  );
}

/** The name that a node refers to a declaration by: in a type, after `extends`, after `typeof`, in `import("…")`. */
function mentionedName({ ts }: Compiler, node: ts.Node): ts.Node | undefined {
  if (ts.isTypeReferenceNode(node)) return node.typeName;
  if (ts.isExpressionWithTypeArguments(node)) return node.expression;
  if (ts.isTypeQueryNode(node)) return node.exprName;
  if (ts.isImportTypeNode(node)) return node.qualifier ?? node;
  return undefined;
}

/** The symbol of a name and every import and re-export behind it. */
function symbolChain({ ts, checker }: Compiler, name: ts.Node): readonly ts.Symbol[] {
  const chain: ts.Symbol[] = [];
  let symbol = checker.getSymbolAtLocation(name);
  while (symbol && !chain.includes(symbol)) {
    chain.push(symbol);
    symbol = symbol.flags & ts.SymbolFlags.Alias ? checker.getImmediateAliasedSymbol(symbol) : undefined;
  }
  return chain;
}
