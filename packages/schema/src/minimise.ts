// Sorts the nodes of a graph into classes of equal meaning, so that a type gives the same text whether a part of it is
// named or written in place, named twice, or unrolled once. Types that end are compared from their leaves up; types
// that reach a cycle by refinement: assume all equal, and part what differs until nothing more parts.
import { type CanonicalNode, childrenOf, type NodeIndex } from "./canonical-type.ts";
import { literalText } from "./literal-text.ts";

/** The class of each node; equal numbers mean equal types. */
export function classesOf(nodes: readonly CanonicalNode[]): readonly number[] {
  const labels = nodes.map(labelOf);
  const children = nodes.map(childrenOf);
  const classes: (number | undefined)[] = nodes.map(() => undefined);
  const interned = new Interned();
  for (const index of finiteOrder(children)) {
    classes[index] = interned.number(signature(index, labels, children, classes));
  }
  return refined(labels, children, classes, interned);
}

/** Numbers for texts: equal texts, equal numbers. */
class Interned {
  readonly #numbers = new Map<string, number>();

  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const next = this.#numbers.size;
    this.#numbers.set(text, next);
    return next;
  }

  get size(): number {
    return this.#numbers.size;
  }
}

type Children = readonly (readonly NodeIndex[])[];

function signature(
  index: NodeIndex,
  labels: readonly string[],
  children: Children,
  classes: readonly (number | undefined)[],
): string {
  const parts = (children[index] ?? []).map((child) => classes[child] ?? "?");
  return `${labels[index]}(${parts.join()})`;
}

/** The nodes that reach no cycle, each after its children. */
function finiteOrder(children: Children): readonly NodeIndex[] {
  const parents: NodeIndex[][] = children.map(() => []);
  const waiting = children.map((own) => own.length);
  const order: NodeIndex[] = [];
  for (const [index, own] of children.entries()) {
    if (own.length === 0) order.push(index);
    for (const child of own) parents[child]?.push(index);
  }
  for (const done of order) {
    for (const parent of parents[done] ?? []) {
      const left = (waiting[parent] ?? 0) - 1;
      waiting[parent] = left;
      if (left === 0) order.push(parent);
    }
  }
  return order;
}

function refined(
  labels: readonly string[],
  children: Children,
  finite: readonly (number | undefined)[],
  interned: Interned,
): readonly number[] {
  const cyclic = finite.flatMap((known, index) => (known === undefined ? [index] : []));
  // Numbers of finite classes lie below, so a cyclic node never shares one with them.
  const base = interned.size;
  let classes = finite.map((known) => known ?? base);
  for (let count = 0; ; ) {
    const round = new Interned();
    const next = [...classes];
    for (const index of cyclic) {
      next[index] = base + round.number(`${classes[index]}:${signature(index, labels, children, classes)}`);
    }
    classes = next;
    if (round.size === count) return classes;
    count = round.size;
  }
}

/** All that a node says itself, without its children. */
function labelOf(node: CanonicalNode): string {
  switch (node.kind) {
    case "integer":
    case "float":
    case "bigint":
      return `${node.kind} ${node.format}`;
    case "template":
      return `template ${JSON.stringify(node.patterns)}`;
    case "typedArray":
      return `typedArray ${node.array}`;
    case "choice":
      return `choice ${node.members.map((member) => `${member.ordinal}=${literalText(member.value)}`).join()}`;
    case "maybe":
      return `maybe ${node.null} ${node.undefined}`;
    case "tuple":
      return `tuple ${node.required} ${node.rest === undefined ? "" : node.elements.length}`;
    case "struct": {
      const fields = node.fields.map(
        (field) => `${field.slot}${field.optional ? "?" : "="}${JSON.stringify(field.name)}`,
      );
      return `struct ${fields.join()}`;
    }
    case "union": {
      const variants = node.variants.map((variant) => `${variant.ordinal}=${literalText(variant.tag)}`);
      return `union ${JSON.stringify(node.discriminant)} ${variants.join()}`;
    }
    case "mixed":
      return `mixed ${node.tagged} ${node.arms.map(({ ordinal }) => ordinal).join()}`;
    default:
      return node.kind;
  }
}
