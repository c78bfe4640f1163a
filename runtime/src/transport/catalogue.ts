// The types that a node exchanges, and what it holds with a peer for each of them. Pure.

import type { Agreement, Direction, Opinion, TypeVersion } from "./messages.ts";

/** What a catalogue needs to know of a type; every codec has it. */
export interface Offer {
  readonly name: string;
  readonly fingerprint: string;
  /** Other fingerprints of this type that are known to be compatible, seen from this one. */
  readonly compatible?: Readonly<Record<string, Direction>>;
}

/**
 * A node's types, sorted by name. A message says its type by its index in here, so that both sides only need to know
 * the sender's catalogue.
 */
export class Catalogue<O extends Offer = Offer> {
  readonly offers: readonly O[];
  readonly #index = new Map<string, number>();

  /** Throws where two types share a name: a peer could not tell them apart. */
  constructor(offers: Iterable<O>) {
    const sorted = [...offers].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    for (const [index, offer] of sorted.entries()) {
      if (this.#index.has(offer.name)) throw new Error(`two types are called ${offer.name}`);
      this.#index.set(offer.name, index);
    }
    this.offers = sorted;
  }

  indexOf(name: string): number | undefined {
    return this.#index.get(name);
  }

  /** One text for one set of types; its digest goes into the hello. */
  get text(): string {
    return this.offers.map(({ name, fingerprint }) => `${JSON.stringify(name)} ${fingerprint}\n`).join("");
  }

  get versions(): readonly TypeVersion[] {
    return this.offers.map(({ name, fingerprint }) => ({ name, fingerprint }));
  }
}

/** How the two versions of a type relate. `unknown`: the peer has no type of that name. */
export type Standing = "same" | "compatible" | "incompatible" | "unknown";

/** What holds with a peer for one of our types. */
export interface Terms {
  readonly standing: Standing;
  readonly ours: string;
  readonly theirs: string | undefined;
  /** We may send it: the peer reads what we write. */
  readonly sends: boolean;
  /** We may receive it: we read what the peer writes. */
  readonly receives: boolean;
}

/** What holds with a peer for all types. */
export interface Settlement {
  /** By the index in our own catalogue. */
  readonly terms: readonly Terms[];
  /** From an index in the peer's catalogue to ours; undefined where it may not send that type. */
  readonly incoming: readonly (number | undefined)[];
}

/** What we know about those of the peer's types whose version is not ours: what our agreement frame says. */
export function opinionsOn(own: Catalogue, theirs: readonly TypeVersion[]): Opinion[] {
  const opinions: Opinion[] = [];
  for (const { name, fingerprint } of theirs) {
    const index = own.indexOf(name);
    if (index === undefined) continue;
    const offer = own.offers[index]!;
    const direction = fingerprint === offer.fingerprint ? undefined : known(offer, fingerprint);
    if (direction !== undefined) opinions.push({ name, direction });
  }
  return opinions;
}

function known(offer: Offer, fingerprint: string): Direction | undefined {
  const line = offer.compatible;
  return line !== undefined && Object.hasOwn(line, fingerprint) ? line[fingerprint] : undefined;
}

/** Where both digests are equal. */
export function settleEqual(own: Catalogue): Settlement {
  return {
    terms: own.offers.map(({ fingerprint }) => same(fingerprint)),
    incoming: own.offers.map((_, index) => index),
  };
}

/**
 * Joins what both sides know. The side that knows the other's version decides; where both claim to know it, a
 * direction is open only if neither denies it; where neither does, the type is incompatible. Both sides compute this
 * from the same facts and come to mirrored results.
 */
export function settle(own: Catalogue, theirs: readonly TypeVersion[], agreement: Agreement): Settlement {
  const ours = new Map(opinionsOn(own, theirs).map(({ name, direction }) => [name, direction]));
  const peers = new Map(agreement.opinions.map(({ name, direction }) => [name, direction]));
  const versions = new Map(theirs.map(({ name, fingerprint }) => [name, fingerprint]));
  const terms = own.offers.map((offer) => {
    const theirs = versions.get(offer.name);
    return termsOf(offer.fingerprint, theirs, ours.get(offer.name), peers.get(offer.name));
  });
  const incoming = theirs.map(({ name }) => {
    const index = own.indexOf(name);
    return index !== undefined && terms[index]!.receives ? index : undefined;
  });
  return { terms, incoming };
}

function termsOf(
  ours: string,
  theirs: string | undefined,
  ourView: Direction | undefined,
  theirView: Direction | undefined,
): Terms {
  if (ours === theirs) return same(ours);
  if (theirs === undefined) return { standing: "unknown", ours, theirs, sends: false, receives: false };
  const someoneKnows = ourView !== undefined || theirView !== undefined;
  const sends = someoneKnows && ourView !== "reads" && theirView !== "writes";
  const receives = someoneKnows && ourView !== "writes" && theirView !== "reads";
  return { standing: sends || receives ? "compatible" : "incompatible", ours, theirs, sends, receives };
}

function same(fingerprint: string): Terms {
  return { standing: "same", ours: fingerprint, theirs: fingerprint, sends: true, receives: true };
}
