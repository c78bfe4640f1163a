// Gate: clocks, timers, randomness, sockets and the process are used only where hosts and fronts live. Everything
// else is given time and chance as values, and so can be tested and simulated.
import ts from "typescript";
import type { Gate, Violation } from "./gate.ts";
import { type Layer, layerOf, layers } from "./layer-table.ts";
import type { Project } from "./project.ts";
import { isSource, isTest, isTestSupport, lineOf, syntaxTree, walk } from "./source-file.ts";

export const globalsGate: Gate = {
  name: "globals",
  about: "clocks, timers, randomness, sockets and process only in hosts, fronts and scripts",
  run: (project) => ambientUses(project, layers),
};

/** Globals that may not be touched at all. */
const forbidden = new Set([
  "setTimeout",
  "setInterval",
  "setImmediate",
  "clearTimeout",
  "clearInterval",
  "clearImmediate",
  "queueMicrotask",
  "process",
  "performance",
  "crypto",
  "console",
  "fetch",
  "WebSocket",
  "Buffer",
  "require",
]);

/** Members of globals that are otherwise harmless. */
const forbiddenMembers = new Set(["Math.random", "Date.now", "AbortSignal.timeout"]);

export function ambientUses(project: Project, table: readonly Layer[]): readonly Violation[] {
  return project.files.filter(isSource).flatMap((file) => {
    const layer = layerOf(table, file);
    if (isTest(file) || isTestSupport(file) || layer?.host) return [];
    const tree = syntaxTree(project, file);
    const uses = globalUses(tree).filter(({ name }) => !layer?.exceptions?.[file]?.includes(name));
    return uses.map(({ node, name }) => ({
      file,
      line: lineOf(tree, node),
      message: `'${name}' belongs to the hosts and fronts; hand its value in`,
    }));
  });
}

interface Use {
  readonly node: ts.Node;
  readonly name: string;
}

/** Every forbidden use in a file, in the order of the text. */
export function globalUses(tree: ts.SourceFile): readonly Use[] {
  const uses: Use[] = [];
  const scopes = declaredScopes(tree);
  walk(tree, (node) => {
    const name = ts.isIdentifier(node) ? useName(node) : undefined;
    if (name === undefined) return;
    const local = scopes
      .get(node.getText(tree))
      ?.some((scope) => scope.pos <= node.pos && node.end <= scope.end);
    if (!local) uses.push({ node, name });
  });
  return uses;
}

/** What an identifier touches, if that is forbidden: `process`, `Math.random`, `new Date()`. */
function useName(node: ts.Identifier): string | undefined {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
    const ofGlobal = ts.isIdentifier(parent.expression) && parent.expression.text === "globalThis";
    return ofGlobal && forbidden.has(node.text) ? node.text : undefined;
  }
  if (!isRead(node)) return undefined;
  if (forbidden.has(node.text)) return node.text;
  if (node.text === "Date" && readsClock(parent, node)) return "new Date()";
  if (!ts.isPropertyAccessExpression(parent)) return undefined;
  const member = `${node.text}.${parent.name.text}`;
  return forbiddenMembers.has(member) ? member : undefined;
}

/** `new Date()` and `Date()`; with an argument it only converts. */
function readsClock(parent: ts.Node, node: ts.Identifier): boolean {
  if (ts.isCallExpression(parent)) return parent.expression === node;
  return ts.isNewExpression(parent) && parent.expression === node && !parent.arguments?.length;
}

/** Whether an identifier reads a variable: it is no name of a property, declaration, label or type. */
function isRead(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isTypeNode(parent) || ts.isQualifiedName(parent) || ts.isTypeElement(parent)) return false;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false;
  const { name, propertyName } = parent as { name?: ts.Node; propertyName?: ts.Node };
  return name !== node && propertyName !== node;
}

/** For each declared name, the parts of the file in which it hides the global of that name. */
function declaredScopes(tree: ts.SourceFile): ReadonlyMap<string, readonly ts.Node[]> {
  const scopes = new Map<string, ts.Node[]>();
  walk(tree, (node) => {
    const { name } = node as { name?: ts.Node };
    if (!name || !ts.isIdentifier(name) || !declaresVariable(node)) return;
    const known = scopes.get(name.text) ?? [];
    known.push(enclosingScope(node));
    scopes.set(name.text, known);
  });
  return scopes;
}

function declaresVariable(node: ts.Node): boolean {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isBindingElement(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isImportSpecifier(node) ||
    ts.isImportClause(node) ||
    ts.isNamespaceImport(node)
  );
}

function enclosingScope(declaration: ts.Node): ts.Node {
  let scope = declaration.parent;
  while (!ts.isFunctionLike(scope) && !ts.isBlock(scope) && !ts.isSourceFile(scope)) scope = scope.parent;
  return scope;
}
