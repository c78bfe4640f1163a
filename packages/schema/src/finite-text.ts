// The canonical texts of types that end, which most types do. What is found of a type is kept with the type itself:
// the schemas of a project's files share most of their types, and each file would else sort the whole graph anew.
// Whether a graph that is kept is that of a type in another schema is asked again for each schema, name by name.

import { type Declarations, loweredNode } from "./canonical-graph.ts";
import { isContainer, isPlain, piecesOf } from "./canonical-pieces.ts";
import type { NodeIndex } from "./canonical-type.ts";
import { references } from "./recursion.ts";
import type { Type } from "./schema.ts";

/** A node of a graph: one object for all types that mean the same. */
interface Term {
  readonly number: number;
  /** Texts, and between them the terms that are numbered; the others are spelled out in the texts. */
  readonly parts: readonly (string | Term)[];
  readonly isPlain: boolean;
  /** Spelled out at each use. */
  readonly isInline: boolean;
}

/** What is known of a declared type. */
interface Known {
  readonly term: Term;
  /** What the names in it stood for. */
  readonly meant: readonly Known[];
}

type Named = Declarations["declarations"];

/** How many terms are kept before all are forgotten: a process may watch a project for weeks. */
const termsMax = 500_000;

class Terms {
  readonly #terms = new Map<string, Term>();
  readonly #known = new WeakMap<Type, Known>();

  get size(): number {
    return this.#terms.size;
  }

  /** The known form of a type, whose names must have one in `named`. */
  known(declarations: Named, type: Type, names: readonly string[], named: Found): Known {
    const meant = names.map((name) => named.get(name)!);
    const before = this.#known.get(type);
    if (before?.meant.every((each, index) => each === meant[index])) return before;
    const made = { term: this.#term(declarations, type, named), meant };
    this.#known.set(type, made);
    return made;
  }

  /** Recursive only over what one declaration spells out. */
  #term(declarations: Named, type: Type, named: Found): Term {
    if (type.kind === "ref") return named.get(type.id)!.term;
    const children: Term[] = [];
    const indexOf = (child: Type): NodeIndex => children.push(this.#term(declarations, child, named)) - 1;
    const node = loweredNode(declarations, type, indexOf);
    const parts = joined(
      piecesOf(node).map((piece) => (typeof piece === "string" ? piece : children[piece]!)),
    );
    const isFlat = isContainer(node) && children.every((child) => child.isPlain);
    return this.#interned(parts, isPlain(node), isPlain(node) || isFlat);
  }

  #interned(parts: Term["parts"], plain: boolean, isInline: boolean): Term {
    const key = parts.map((part) => (typeof part === "string" ? part : `#${part.number}`)).join("");
    const known = this.#terms.get(key);
    if (known !== undefined) return known;
    const term: Term = { number: this.#terms.size, parts, isPlain: plain, isInline };
    this.#terms.set(key, term);
    return term;
  }
}

/** Neighbouring texts as one. */
function joined(pieces: readonly (string | Term)[]): Term["parts"] {
  const parts: (string | Term)[] = [];
  let text = "";
  for (const piece of pieces) {
    if (typeof piece === "string") text += piece;
    else if (piece.isInline) text += piece.parts[0] as string;
    else {
      parts.push(text, piece);
      text = "";
    }
  }
  return [...parts, text];
}

/** The types of a schema that are known to end, by id; undefined for those that lead to a cycle. */
type Found = Map<string, Known | undefined>;

let terms = new Terms();
let found = new WeakMap<Named, Found>();

/** The text of a type without its version; undefined for one that reaches a cycle or what is not declared. */
export function finiteText(declarations: Named, id: string): string | undefined {
  if (terms.size > termsMax) {
    terms = new Terms();
    found = new WeakMap();
  }
  let named = found.get(declarations);
  if (named === undefined) {
    named = new Map();
    found.set(declarations, named);
  }
  const known = named.has(id) ? named.get(id) : find(declarations, id, named);
  return known && textOf(known.term);
}

/** One declaration on the way of {@link find}. */
interface Visit {
  readonly id: string;
  readonly type: Type;
  readonly names: readonly string[];
  next: number;
  isFinite: boolean;
}

/** Depth first, without recursion: graphs of types may be deep. */
function find(declarations: Named, id: string, named: Found): Known | undefined {
  const open = new Set<string>();
  const way: Visit[] = [];
  const enter = (each: string): boolean => {
    const type = declarations.get(each)?.type;
    if (type === undefined || open.has(each)) return false;
    open.add(each);
    way.push({ id: each, type, names: [...references(type)], next: 0, isFinite: true });
    return true;
  };
  if (!enter(id)) return undefined;
  for (let visit = way.at(-1); visit !== undefined; visit = way.at(-1)) {
    const name = visit.names[visit.next++];
    if (name !== undefined) {
      if (named.has(name)) visit.isFinite &&= named.get(name) !== undefined;
      else if (enter(name)) visit.next--;
      else visit.isFinite = false;
      continue;
    }
    way.pop();
    open.delete(visit.id);
    const { type, names, isFinite } = visit;
    named.set(visit.id, isFinite ? terms.known(declarations, type, names, named) : undefined);
  }
  return named.get(id);
}

function textOf(root: Term): string {
  const numbers = new Map<Term, number>([[root, 0]]);
  const texts: string[] = [];
  const next: (string | Term)[] = root.parts.toReversed();
  for (let part = next.pop(); part !== undefined; part = next.pop()) {
    if (typeof part === "string") texts.push(part);
    else {
      const number = numbers.get(part);
      if (number !== undefined) texts.push(String(number));
      else {
        numbers.set(part, numbers.size);
        for (let index = part.parts.length - 1; index >= 0; index--) next.push(part.parts[index]!);
      }
    }
  }
  return texts.join("");
}
