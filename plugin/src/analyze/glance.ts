// What an object type shows of itself at a glance, as text to sort by: its properties, which literals they are, and
// where it is declared. Asking for more of a large graph of types would take the compiler minutes.
import type ts from "typescript";
import { type Compiler, declarationsOf, fileNameOf } from "./compiler.ts";
import { mappedNode, mappedOver } from "./internals.ts";
import { orderedProperties } from "./properties.ts";
import { literalOf } from "./type-kind.ts";

/**
 * Types in the order of their keys. Where keys are equal, the literals decide that the types have as properties:
 * instances of one generic type differ in them.
 */
export function sortedBy<T>(
  compiler: Compiler,
  items: readonly T[],
  typeOf: (item: T) => ts.Type,
  keyOf: (item: T) => string,
): readonly T[] {
  const keyed = items.map((item) => ({ item, key: keyOf(item) }));
  const counts = new Map<string, number>();
  for (const { key } of keyed) counts.set(key, (counts.get(key) ?? 0) + 1);
  const full = keyed.map(({ item, key }) => {
    const isAlone = counts.get(key) === 1;
    return { item, key: isAlone ? key : `${key} ${literalsText(compiler, typeOf(item))}` };
  });
  return full.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ item }) => item);
}

const known = new WeakMap<ts.Type, string>();

/** Where a type is declared, and the names of its properties. */
export function glanceText(compiler: Compiler, type: ts.Type): string {
  let text = known.get(type);
  if (text === undefined) {
    text = `${declaredAt(compiler, type)} ${orderedProperties(compiler, type).map(keyText).join()}`;
    known.set(type, text);
  }
  return text;
}

function literalsText(compiler: Compiler, type: ts.Type): string {
  if (!(type.flags & (compiler.ts.TypeFlags.Object | compiler.ts.TypeFlags.Intersection))) return "";
  const literals = orderedProperties(compiler, type).map((property) =>
    literalOf(compiler, compiler.checker.getTypeOfSymbol(property)),
  );
  return JSON.stringify(literals);
}

/** Of a mapped type, the type that it runs over, and the mapping. */
function declaredAt(compiler: Compiler, type: ts.Type): string {
  const basis = mappedOver(compiler, type);
  const [node] = declarationsOf((basis ?? type).symbol);
  return [node, basis && mappedNode(type)].map(placeOf).join(" ");
}

function placeOf(node: ts.Node | undefined): string {
  return node ? `${fileNameOf(node.getSourceFile())}:${String(node.pos).padStart(9, "0")}` : "";
}

/** The compiler numbers symbols in the order in which it meets them: only their own names are shown. */
export function keyText({ name }: ts.Symbol): string {
  const [, symbol] = /^__@(.*)@\d+$/.exec(name) ?? [];
  if (symbol !== undefined) return `[${symbol}]`;
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : JSON.stringify(name);
}
