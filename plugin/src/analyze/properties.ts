// The properties of an object type in declared order: those of base types first, then its own; keys that come from
// a union of names are sorted, because the checker's order of a union is not stable.
import type ts from "typescript";
import { type Compiler, declarationsOf } from "./compiler.ts";
import { mappedFrom, mappedOver } from "./internals.ts";

const known = new WeakMap<ts.Type, readonly ts.Symbol[]>();

export function orderedProperties(compiler: Compiler, type: ts.Type): readonly ts.Symbol[] {
  let properties = known.get(type);
  if (!properties) {
    properties = inOrder(compiler, type);
    known.set(type, properties);
  }
  return properties;
}

function inOrder(compiler: Compiler, type: ts.Type): readonly ts.Symbol[] {
  const properties = new Map(
    compiler.checker.getPropertiesOfType(type).map((symbol) => [symbol.name, symbol]),
  );
  const ordered: ts.Symbol[] = [];
  for (const name of orderedNames(compiler, type, 0)) {
    const symbol = properties.get(name);
    if (symbol) ordered.push(symbol);
    properties.delete(name);
  }
  return [...ordered, ...[...properties.values()].sort((a, b) => (a.name < b.name ? -1 : 1))];
}

function orderedNames(compiler: Compiler, type: ts.Type, depth: number): readonly string[] {
  const { ts, checker } = compiler;
  if (depth > 32) return [];
  if (type.isIntersection()) return type.types.flatMap((part) => orderedNames(compiler, part, depth + 1));
  const properties = checker.getPropertiesOfType(type);
  const names = properties.map((symbol) => symbol.name);
  if ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Mapped) {
    const source = mappedOver(compiler, type);
    return source ? mappedNames(properties, orderedNames(compiler, source, depth + 1)) : names.sort();
  }
  const bases = basesOf(compiler, type);
  const inherited = bases.flatMap((base) => orderedNames(compiler, base, depth + 1));
  return [...inherited, ...ownNames(compiler, type, names)];
}

/** A property stands where the one that it was made of stood; several made of one are sorted by name. */
function mappedNames(properties: readonly ts.Symbol[], source: readonly string[]): readonly string[] {
  // An inherited name is listed once more among the interface's own.
  const place = new Map([...new Set(source)].map((name, index) => [name, index]));
  const keyed = properties.map((property) => {
    const index = place.get(mappedFrom(property) ?? property.name) ?? source.length;
    return { name: property.name, index };
  });
  keyed.sort((a, b) => a.index - b.index || (a.name < b.name ? -1 : 1));
  return keyed.map(({ name }) => name);
}

/** The properties of merged declarations stand in the order of their files' names, then of the text. */
function ownNames({ checker }: Compiler, type: ts.Type, names: readonly string[]): readonly string[] {
  const files = new Set(declarationsOf(type.symbol).map((node) => node.getSourceFile().fileName));
  if (files.size < 2) return names;
  const fileOf = (name: string): string => {
    const [node] = declarationsOf(checker.getPropertyOfType(type, name));
    return node?.getSourceFile().fileName ?? "";
  };
  return [...names].sort((a, b) => (fileOf(a) < fileOf(b) ? -1 : fileOf(a) > fileOf(b) ? 1 : 0));
}

/** The types that an interface extends. */
export function basesOf({ ts, checker }: Compiler, type: ts.Type): readonly ts.BaseType[] {
  if (!(type.flags & ts.TypeFlags.Object)) return [];
  const { objectFlags } = type as ts.ObjectType;
  const target = objectFlags & ts.ObjectFlags.Reference ? (type as ts.TypeReference).target : type;
  return target.isClassOrInterface() ? (checker.getBaseTypes(target as ts.InterfaceType) ?? []) : [];
}
