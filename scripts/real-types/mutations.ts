// Values that are a little wrong: a property dropped, a kind changed, a literal that is none of the list, and so on.
// Some stay values of their type; the compiler says which.
import type { Random } from "./random.ts";
import { childrenOf, leaf, type Tree, withChild } from "./value-tree.ts";

type Mutation = (tree: Tree, random: Random, whole: Tree) => Tree | undefined;

const mutations: Readonly<Record<string, Mutation>> = {
  "a property dropped": (tree, random) => {
    if (tree.kind !== "object" || tree.entries.length === 0) return undefined;
    const gone = random.below(tree.entries.length);
    return { ...tree, entries: tree.entries.filter((_, index) => index !== gone) };
  },
  // An object without properties may be of a type whose properties are all optional, to which the compiler allows no
  // object that shares none of them.
  "a property added": (tree) =>
    tree.kind === "object" &&
    tree.entries.length > 0 &&
    !tree.entries.some(([name]) => name === "addedProperty")
      ? { ...tree, entries: [...tree.entries, ["addedProperty", leaf(1)] as const] }
      : undefined,
  "another kind": (tree, random) => {
    const others = [leaf("text"), leaf(7.5), leaf(true), { kind: "array", items: [] } as const, leaf(1n)];
    return random.pick(others.filter((other) => kindOf(other) !== kindOf(tree)));
  },
  "another literal": (tree) => {
    if (tree.kind !== "leaf") return undefined;
    if (typeof tree.value === "string") return leaf(`${tree.value}~`);
    if (typeof tree.value === "number") return leaf(tree.value + 0.5);
    return typeof tree.value === "boolean" ? leaf(!tree.value) : undefined;
  },
  null: () => leaf(null),
  undefined: () => leaf(undefined),
  "an element more": (tree, random) =>
    tree.kind === "array"
      ? { ...tree, items: [...tree.items, tree.items.length > 0 ? random.pick(tree.items) : leaf(1)] }
      : undefined,
  "an element less": (tree) =>
    tree.kind === "array" && tree.items.length > 0 ? { ...tree, items: tree.items.slice(1) } : undefined,
  // NaN and the infinities are no literals but of type `number`, which tsc lets stand for a numeric enum.
  "a part from elsewhere": (_, random, whole) => {
    const part = randomPart(whole, random);
    const isEndless = part.kind === "leaf" && typeof part.value === "number" && !Number.isFinite(part.value);
    return isEndless ? undefined : part;
  },
};

function kindOf(tree: Tree): string {
  return tree.kind === "leaf" ? typeof tree.value : tree.kind;
}

function randomPart(tree: Tree, random: Random): Tree {
  const children = childrenOf(tree);
  return children.length === 0 || random.chance(25) ? tree : randomPart(random.pick(children), random);
}

/** One mutation at a random place; undefined if the one that was picked does not fit there. */
export function mutate(tree: Tree, random: Random): Tree | undefined {
  const name = random.pick(Object.keys(mutations));
  return mutateInside(tree, random, (place) => mutations[name]?.(place, random, tree));
}

function mutateInside(
  tree: Tree,
  random: Random,
  change: (place: Tree) => Tree | undefined,
): Tree | undefined {
  const children = childrenOf(tree);
  if (children.length === 0 || random.chance(25)) return change(tree);
  const index = random.below(children.length);
  const child = children[index] && mutateInside(children[index], random, change);
  return child && withChild(tree, index, child);
}
