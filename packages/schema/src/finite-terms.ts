// The graphs of types that end, in the form in which they become canonical text: equal types are one object.
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { type Declarations, loweredNode } from "./canonical-graph.ts";
import { isContainer, isPlain, piecesOf } from "./canonical-pieces.ts";
import type { NodeIndex } from "./canonical-type.ts";
import type { Type } from "./schema.ts";

/** A node of a graph. */
export interface Term {
  readonly number: number;
  /** Texts in UTF-8, and between them the terms that are numbered; the others are spelled out in the texts. */
  readonly parts: readonly (Uint8Array | Term)[];
  readonly isPlain: boolean;
  /** The text of one that is spelled out at each use. */
  readonly inline: string | undefined;
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

  #interned(pieces: readonly (string | Term)[], plain: boolean, isInline: boolean): Term {
    const key = pieces.map((part) => (typeof part === "string" ? part : `#${part.number}`)).join("");
    const known = this.#terms.get(key);
    if (known !== undefined) return known;
    const term: Term = {
      number: this.#terms.size,
      parts: pieces.map((part) => (typeof part === "string" ? utf8ToBytes(part) : part)),
      isPlain: plain,
      inline: isInline ? key : undefined,
    };
    this.#terms.set(key, term);
    return term;
  }
}

/** Neighbouring texts as one. */
function joined(pieces: readonly (string | Term)[]): readonly (string | Term)[] {
  const parts: (string | Term)[] = [];
  let text = "";
  for (const piece of pieces) {
    if (typeof piece === "string") text += piece;
    else if (piece.inline !== undefined) text += piece.inline;
    else {
      parts.push(text, piece);
      text = "";
    }
  }
  return [...parts, text];
}

/** Where texts are put together; it grows to the longest. */
let buffer = new Uint8Array(1 << 16);

/**
 * The canonical text of a type without its version, in UTF-8 and between two other texts: a view that the next call
 * overwrites.
 */
export function bytesOfTerm(root: Term, before: Uint8Array, after: Uint8Array): Uint8Array {
  const numbers = new Map<Term, number>([[root, 0]]);
  let end = 0;
  // Without recursion: graphs of types may be deep.
  const next: (Uint8Array | Term)[] = [after, ...root.parts.toReversed(), before];
  for (let part = next.pop(); part !== undefined; part = next.pop()) {
    const number = "parts" in part ? numbers.get(part) : undefined;
    if (number === undefined && "parts" in part) {
      numbers.set(part, numbers.size);
      for (let index = part.parts.length - 1; index >= 0; index--) next.push(part.parts[index]!);
      continue;
    }
    const bytes = "parts" in part ? digitsOf(number!) : part;
    if (end + bytes.length > buffer.length) buffer = grown(end + bytes.length);
    buffer.set(bytes, end);
    end += bytes.length;
  }
  return buffer.subarray(0, end);
}

const digits: Uint8Array[] = [];

function digitsOf(number: number): Uint8Array {
  digits[number] ??= utf8ToBytes(String(number));
  return digits[number];
}

function grown(length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * length);
  larger.set(buffer);
  return larger;
}
