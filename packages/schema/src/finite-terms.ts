// The graphs of types that end, in the form in which they become canonical text: equal types are one object.
import { type Declarations, loweredNode } from "./canonical-graph.ts";
import { isContainer, isPlain, piecesOf } from "./canonical-pieces.ts";
import type { NodeIndex } from "./canonical-type.ts";
import type { Type } from "./schema.ts";

/** A node of a graph. */
export interface Term {
  readonly number: number;
  /** Texts, and between them the terms that are numbered; the others are spelled out in the texts. */
  readonly parts: readonly (string | Term)[];
  readonly isPlain: boolean;
  /** Spelled out at each use. */
  readonly isInline: boolean;
}

export class Terms {
  readonly #terms = new Map<string, Term>();

  get size(): number {
    return this.#terms.size;
  }

  /**
   * The term of a type; recursive only over what one declaration spells out.
   * @param named the terms of the names in it
   */
  term(declarations: Declarations["declarations"], type: Type, named: (id: string) => Term): Term {
    if (type.kind === "ref") return named(type.id);
    const children: Term[] = [];
    const indexOf = (child: Type): NodeIndex => children.push(this.term(declarations, child, named)) - 1;
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

/** The canonical text of a type without its version. */
export function textOfTerm(root: Term): string {
  const numbers = new Map<Term, number>([[root, 0]]);
  let text = "";
  // Without recursion: graphs of types may be deep.
  const next: (string | Term)[] = root.parts.toReversed();
  for (let part = next.pop(); part !== undefined; part = next.pop()) {
    if (typeof part === "string") {
      text += part;
      continue;
    }
    const number = numbers.get(part);
    if (number !== undefined) {
      text += number;
      continue;
    }
    numbers.set(part, numbers.size);
    for (let index = part.parts.length - 1; index >= 0; index--) next.push(part.parts[index]!);
  }
  return text;
}
