// What travels with a message between two actors: a short head, then the arguments, in one piece. One type of the
// catalogue for each method, so that the handshake settles which of them two nodes can talk about.
//
// An envelope is filled, written and forgotten, or read, looked at and forgotten: one of each is enough.

import type { Compatibility } from "../codec/index.ts";
import {
  type Codec,
  endDecode,
  putInt,
  putString,
  putU32,
  type Reader,
  readInt,
  readString,
  readU32,
  room,
  stringRoom,
  type Writer,
} from "../codec/index.ts";
import { hopsMax } from "./limits.ts";

/** What is needed of the codec of parameters or a result. */
export interface BodyCodec {
  readonly name: string;
  readonly fingerprint?: string;
  readonly compatible?: Readonly<Record<string, Compatibility>>;
  readonly write: (w: Writer, p: number, value: never, depth: number) => number;
  readonly read: (r: Reader, depth: number) => unknown;
}

/** An actor that waits for the answer to an ask, or for that of one that waits for it. */
export interface Hop {
  /** Its node, as `formatNodeId` writes it. */
  readonly node: string;
  readonly actor: number;
}

export const noHops: readonly Hop[] = [];

/** A message for an actor. */
export class Envelope {
  /** The target. */
  actor = 0;
  /** Of an ask. */
  correlation = 0;
  /** What is left of an ask's time. */
  budgetMs = 0;
  /** The actor that asks; 0 where none does. */
  sender = 0;
  /** Who waits for that one, the nearest first. */
  hops = noHops;
  args: unknown = undefined;
  /** What it takes on the wire. */
  bytes = 0;
  /** Why the arguments could not be read. */
  unreadable: unknown = undefined;
}

/** The value that an ask is answered with. */
export class Answer {
  correlation = 0;
  value: unknown = undefined;
  unreadable: unknown = undefined;
}

/** What starts an actor. */
export class SpawnRequest {
  correlation = 0;
  budgetMs = 0;
  /** Empty where it has none. */
  name = "";
  /** 0: what the definition says. */
  mailboxMessages = 0;
  generation = 1;
  /** The actor that starts it; 0 where none does. */
  parent = 0;
  /** Of a supervisor's child, its number; 0 of any other. */
  child = 0;
  /** The term of the lease under which that may run. */
  term = 0;
  args: unknown = undefined;
  unreadable: unknown = undefined;
}

interface TypeNames {
  readonly name: string;
  readonly fingerprint: string;
}

/** Fields in front of a body; both functions take and return positions as codecs do. */
interface Head<T> {
  readonly write: (w: Writer, p: number, value: T) => number;
  readonly read: (r: Reader, into: T) => void;
}

export function tellCodec(names: TypeNames, body: BodyCodec): Codec<Envelope> {
  return envelopeCodec(names, body, {
    write: (w, p, { actor }) => putInt(w, room(w, p, 9), actor),
    read: (r, into) => {
      into.actor = readInt(r);
    },
  });
}

export function askCodec(names: TypeNames, body: BodyCodec): Codec<Envelope> {
  return envelopeCodec(names, body, {
    write: (w, p, { actor, correlation, budgetMs, sender, hops }) => {
      p = putInt(w, room(w, p, 33), actor);
      p = putU32(w, p, correlation);
      p = putU32(w, p, budgetMs);
      p = putInt(w, p, sender);
      p = putU32(w, p, hops.length);
      for (const hop of hops) {
        p = putString(w, room(w, p, stringRoom(hop.node)), hop.node);
        p = putInt(w, room(w, p, 9), hop.actor);
      }
      return p;
    },
    read: (r, into) => {
      into.actor = readInt(r);
      into.correlation = readU32(r);
      into.budgetMs = readU32(r);
      into.sender = readInt(r);
      into.hops = readHops(r);
    },
  });
}

function readHops(r: Reader): readonly Hop[] {
  const count = readU32(r);
  if (count === 0) return noHops;
  const hops: Hop[] = [];
  for (let i = 0; i < count; i++) {
    const hop = { node: readString(r), actor: readInt(r) };
    if (i < hopsMax) hops.push(hop);
  }
  return hops;
}

function envelopeCodec(names: TypeNames, body: BodyCodec, head: Head<Envelope>): Codec<Envelope> {
  const arrived = new Envelope();
  return {
    ...typeOf(names, body),
    write: (w, p, envelope, depth) => {
      const before = p - w.start;
      p = head.write(w, p, envelope);
      p = body.write(w, p, envelope.args as never, depth);
      envelope.bytes = p - w.start - before;
      return p;
    },
    read: (r, depth) => {
      const before = r.offset;
      head.read(r, arrived);
      readBody(r, depth, body, arrived);
      arrived.bytes = r.end - before;
      return arrived;
    },
  };
}

/** Whoever sent it shall hear that the body is of no use: the head is whole, and says who that is. */
function readBody(r: Reader, depth: number, body: BodyCodec, into: Envelope | SpawnRequest): void {
  try {
    into.args = body.read(r, depth);
    endDecode(r);
    into.unreadable = undefined;
  } catch (error) {
    into.args = undefined;
    into.unreadable = error;
    r.offset = r.end;
  }
}

/** `body` is absent where an answer has no value. */
export function answerCodec(names: TypeNames, body: BodyCodec | undefined): Codec<Answer> {
  const arrived = new Answer();
  return {
    ...typeOf(names, body),
    write: (w, p, { correlation, value }, depth) => {
      p = putU32(w, room(w, p, 5), correlation);
      return body === undefined ? p : body.write(w, p, value as never, depth);
    },
    read: (r, depth) => {
      arrived.correlation = readU32(r);
      arrived.value = undefined;
      arrived.unreadable = undefined;
      try {
        if (body !== undefined) arrived.value = body.read(r, depth);
        endDecode(r);
      } catch (error) {
        arrived.unreadable = error;
        r.offset = r.end;
      }
      return arrived;
    },
  };
}

export function spawnCodec(names: TypeNames, body: BodyCodec): Codec<SpawnRequest> {
  const arrived = new SpawnRequest();
  return {
    ...typeOf(names, body),
    write: (w, p, request, depth) => {
      p = putU32(w, room(w, p, 5), request.correlation);
      p = putU32(w, room(w, p, 5), request.budgetMs);
      p = putString(w, room(w, p, stringRoom(request.name)), request.name);
      p = putU32(w, room(w, p, 5), request.mailboxMessages);
      p = putInt(w, room(w, p, 9), request.generation);
      p = putInt(w, room(w, p, 9), request.parent);
      p = putU32(w, room(w, p, 5), request.child);
      p = putU32(w, room(w, p, 5), request.term);
      return body.write(w, p, request.args as never, depth);
    },
    read: (r, depth) => {
      arrived.correlation = readU32(r);
      arrived.budgetMs = readU32(r);
      arrived.name = readString(r);
      arrived.mailboxMessages = readU32(r);
      arrived.generation = readInt(r);
      arrived.parent = readInt(r);
      arrived.child = readU32(r);
      arrived.term = readU32(r);
      readBody(r, depth, body, arrived);
      return arrived;
    },
  };
}

/** The body's own line of versions, where it has one, is that of the whole: the head is the session's. */
function typeOf({ name, fingerprint }: TypeNames, body: BodyCodec | undefined) {
  return {
    name,
    fingerprint: body?.fingerprint ?? fingerprint,
    ...(body?.compatible && { compatible: body.compatible }),
  };
}
