// A value and the TypeScript that spells it, in one tree, so that both change together.

export type Tree =
  | { readonly kind: "leaf"; readonly value: unknown; readonly text: string }
  | { readonly kind: "array"; readonly items: readonly Tree[] }
  | { readonly kind: "object"; readonly entries: readonly Entry[] }
  | { readonly kind: "map"; readonly entries: readonly (readonly [Tree, Tree])[] }
  | { readonly kind: "set"; readonly items: readonly Tree[] };

export type Entry = readonly [name: string, value: Tree];

export type ObjectTree = Extract<Tree, { kind: "object" }>;

/** A string, number, bigint, boolean, null or undefined. */
export function leaf(value: string | number | bigint | boolean | null | undefined): Tree {
  return { kind: "leaf", value, text: literalText(value) };
}

function literalText(value: string | number | bigint | boolean | null | undefined): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  return Object.is(value, -0) ? "-0" : String(value);
}

export function valueOf(tree: Tree): unknown {
  switch (tree.kind) {
    case "leaf":
      return tree.value;
    case "array":
      return tree.items.map(valueOf);
    case "object":
      return Object.fromEntries(tree.entries.map(([name, value]) => [name, valueOf(value)]));
    case "map":
      return new Map(tree.entries.map(([key, value]) => [valueOf(key), valueOf(value)]));
    case "set":
      return new Set(tree.items.map(valueOf));
  }
}

/** An expression of the narrowest type: literals stay literals, arrays are tuples, all of it readonly. */
export function expressionOf(tree: Tree): string {
  const isLiteral = tree.kind === "object" || tree.kind === "array";
  return isLiteral ? `${textOf(tree)} as const` : textOf(tree);
}

function textOf(tree: Tree): string {
  switch (tree.kind) {
    case "leaf":
      return tree.text;
    case "array":
      return `[${tree.items.map(textOf).join(", ")}]`;
    case "object":
      return `{ ${tree.entries.map(([name, value]) => `${keyText(name)}: ${textOf(value)}`).join(", ")} }`;
    case "map":
      return `new Map([${tree.entries.map(([key, value]) => `[${textOf(key)}, ${textOf(value)}]`).join(", ")}] as const)`;
    case "set":
      return `new Set([${tree.items.map(textOf).join(", ")}] as const)`;
  }
}

/** Written plainly, `__proto__` would set the prototype. */
function keyText(name: string): string {
  return name === "__proto__" ? '["__proto__"]' : JSON.stringify(name);
}

/** How many nodes a tree has. */
export function sizeOf(tree: Tree): number {
  return 1 + childrenOf(tree).reduce((sum, child) => sum + sizeOf(child), 0);
}

export function childrenOf(tree: Tree): readonly Tree[] {
  switch (tree.kind) {
    case "leaf":
      return [];
    case "array":
    case "set":
      return tree.items;
    case "object":
      return tree.entries.map(([, value]) => value);
    case "map":
      return tree.entries.flat();
  }
}

/** The same tree with another child at an index of {@link childrenOf}. */
export function withChild(tree: Tree, index: number, child: Tree): Tree {
  const swap = (old: Tree, at: number): Tree => (at === index ? child : old);
  switch (tree.kind) {
    case "leaf":
      return tree;
    case "array":
    case "set":
      return { ...tree, items: tree.items.map(swap) };
    case "object":
      return { ...tree, entries: tree.entries.map(([name, old], at) => [name, swap(old, at)] as const) };
    case "map":
      return {
        ...tree,
        entries: tree.entries.map(([key, old], at) => [swap(key, 2 * at), swap(old, 2 * at + 1)] as const),
      };
  }
}
