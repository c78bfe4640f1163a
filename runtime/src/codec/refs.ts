// The addresses of actors, as messages have them. What stands behind an address is the business of whoever reads: a reader
// carries the way to it.
import { extActor, putExtHeader, readExtHeader } from "./ext.ts";
import { putNil, readNil } from "./nil.ts";
import { readInt } from "./read-integers.ts";
import { readString } from "./read-strings.ts";
import { fail, type Reader } from "./reader.ts";
import { putInt } from "./write-integers.ts";
import { putString, stringRoom } from "./write-strings.ts";
import { room, type Writer } from "./writer.ts";

/** Where an actor is. */
export interface RefAddress {
  /** The node's identity as text, instance included; absent: the node that wrote the message. */
  readonly node?: string;
  /** Unique on its node, and never used for another actor while the node's instance lives. */
  readonly id: number;
  /** The name of its definition: `worker/Worker`. */
  readonly actor: string;
}

/** `actor#id`, and `actor#id@node` where the node is known: what an address is in JSON. */
export function addressText({ actor, id, node }: RefAddress): string {
  return node === undefined ? `${actor}#${id}` : `${actor}#${id}@${node}`;
}

/** The longest header of an extension, and the longest integer. */
const fixedBytes = 6 + 9;

/** Writes an address: an extension that holds the actor's name, its id and the name of its node, or nil. */
export function putRefAddress(w: Writer, p: number, { actor, id, node }: RefAddress): number {
  p = room(w, p, fixedBytes + stringRoom(actor) + stringRoom(node));
  const body = p + 6;
  let q = putInt(w, putString(w, body, actor), id);
  q = node === undefined ? putNil(w, q) : putString(w, q, node);
  // How long the header is depends on the length of what follows it.
  const start = putExtHeader(w, p, extActor, q - body);
  w.bytes.copyWithin(start, body, q);
  return start + q - body;
}

/** @throws DecodeError */
export function readRefAddress(r: Reader): RefAddress {
  const at = r.offset;
  const end = readExtHeader(r, extActor, "ActorRef") + r.offset;
  const actor = readString(r);
  const id = readInt(r);
  const node = readNil(r) ? undefined : readString(r);
  if (r.offset !== end) throw fail(r, "wrongLength", "an address has three parts, and ends with them", at);
  if (id < 0) throw fail(r, "outOfRange", "expected the id of an actor, found a negative number", at);
  return node === undefined ? { actor, id } : { actor, id, node };
}
