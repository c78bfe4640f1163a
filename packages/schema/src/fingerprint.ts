// A type's fingerprint: what two programs exchange to learn whether they mean the same bytes.
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalText, canonicalVersion } from "./canonical.ts";
import type { Declarations } from "./canonical-graph.ts";
import { bytesOfTerm, type Term } from "./finite-terms.ts";
import { finiteType } from "./finite-types.ts";
import { sha256Hex } from "./sha256.ts";

/** The first 8 bytes of SHA-256 over the UTF-8 of a canonical text, as 16 lower-case hexadecimal digits. */
export function fingerprint(text: string): string {
  return printOf(utf8ToBytes(text));
}

const head = utf8ToBytes(`[${canonicalVersion},`);
const tail = utf8ToBytes("]");

const known = new WeakMap<Term, string>();

/**
 * The fingerprint of a type of a schema.
 * @throws {UnresolvedReference} as canonicalText
 */
export function fingerprintOf(schema: Declarations, id: string): string {
  const term = finiteType(schema.declarations, id)?.term;
  if (term === undefined) return fingerprint(canonicalText(schema, id));
  const before = known.get(term);
  if (before !== undefined) return before;
  const print = printOf(bytesOfTerm(term, head, tail));
  known.set(term, print);
  return print;
}

function printOf(bytes: Uint8Array): string {
  return sha256Hex(bytes).slice(0, 16);
}
