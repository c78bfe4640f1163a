// Which claims are looked at at all. Decided by the claim alone, so that it is the same whatever came before.

import {
  accusersMax,
  actorsMax,
  incarnationMax,
  metadataBytesMax,
  nameLengthMax,
  rolesMax,
  tagsMax,
  tagValueLengthMax,
  versionsMax,
  wordLengthMax,
} from "./limits.ts";
import { encodeMemberMetadata } from "./messages.codec.ts";
import type { MemberId, MemberMetadata, Update } from "./messages.ts";

/** What would have to be escaped: it could move a cursor, break a line or reorder text in a log or a table. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** The claim is in bounds: its names printable, its incarnation one that a member can come to. */
export function isAdmissible(update: Update): boolean {
  return (
    isMemberId(update.node) &&
    update.incarnation <= incarnationMax &&
    update.accusers.length <= accusersMax &&
    update.accusers.every(isMemberId) &&
    (update.metadata === undefined || metadataFault(update.metadata) === undefined)
  );
}

/** Host names, IPv4 and IPv6 addresses (with a zone), and nothing that could not stand in a log as it is. */
export function isMemberId({ host }: MemberId): boolean {
  return /^[0-9A-Za-z._:%-]{1,253}$/.test(host);
}

/** What is wrong with metadata, for whoever wrote it; undefined where nothing is. */
export function metadataFault(metadata: MemberMetadata): string | undefined {
  const { name, roles, tags, actors, versions } = metadata;
  if (!isText(name, nameLengthMax)) return `the name is not up to ${nameLengthMax} printable characters`;
  return (
    wordsFault("roles", roles, rolesMax) ??
    wordsFault("actors", actors, actorsMax) ??
    recordFault("tags", tags, tagsMax) ??
    recordFault("versions", versions, versionsMax) ??
    lengthFault(metadata)
  );
}

function wordsFault(what: string, words: readonly string[], countMax: number): string | undefined {
  if (words.length > countMax) return `more than ${countMax} ${what}`;
  if (words.every((word) => word !== "" && isText(word, wordLengthMax))) return undefined;
  return `one of the ${what} is not 1 to ${wordLengthMax} printable characters`;
}

function recordFault(what: string, record: Readonly<Record<string, string>>, countMax: number) {
  const fault = wordsFault(what, Object.keys(record), countMax);
  if (fault !== undefined) return fault;
  if (Object.values(record).every((value) => isText(value, tagValueLengthMax))) return undefined;
  return `one of the ${what} is not up to ${tagValueLengthMax} printable characters`;
}

function isText(text: string, lengthMax: number): boolean {
  return text.length <= lengthMax && !unprintable.test(text);
}

function lengthFault(metadata: MemberMetadata): string | undefined {
  if (encodeMemberMetadata(metadata).length <= metadataBytesMax) return undefined;
  return `more than ${metadataBytesMax} bytes`;
}
