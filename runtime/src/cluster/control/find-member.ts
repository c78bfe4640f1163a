// Whom a person means: by name, by address, or by the beginning of an instance.

import { isFinal } from "../../membership/status.ts";
import { formatAddress } from "../../transport/address.ts";
import { printable } from "../../transport/printable.ts";
import { startsMax, wordLengthMax } from "./limits.ts";
import type { MemberReport, RefusedCode } from "./messages.ts";

export type Found =
  /** All starts of one node that are known, the latest first. */
  { readonly starts: readonly MemberReport[] } | { readonly code: RefusedCode; readonly text: string };

/** Shorter ones would mean somebody by chance. */
const instanceDigitsMin = 4;

const namedMax = 5;

export function findMember(members: readonly MemberReport[], text: string): Found {
  if (text === "" || text.length > wordLengthMax) return unknown(text);
  const named = members.filter((member) => isMeant(member, text));
  const matching = named.length > 0 ? named : members.filter((member) => hasInstance(member, text));
  const present = matching.filter(({ status }) => !isFinal(status));
  const addresses = addressesOf(present.length > 0 ? present : matching);
  const [address, ...others] = addresses;
  if (address === undefined) return unknown(text);
  if (others.length > 0) return ambiguous(text, addresses);
  const starts = matching.filter(({ node }) => formatAddress(node) === address);
  return { starts: latestFirst(starts).slice(0, startsMax) };
}

function isMeant({ node, name }: MemberReport, text: string): boolean {
  return name === text || formatAddress(node) === text;
}

function hasInstance({ node }: MemberReport, text: string): boolean {
  return text.length >= instanceDigitsMin && formatInstance(node.instance).startsWith(text.toLowerCase());
}

/** 16 digits. */
export function formatInstance(instance: bigint): string {
  return instance.toString(16).padStart(16, "0");
}

function addressesOf(members: readonly MemberReport[]): readonly string[] {
  return [...new Set(members.map(({ node }) => formatAddress(node)))];
}

function latestFirst(starts: readonly MemberReport[]): readonly MemberReport[] {
  const age = ({ status, forMs }: MemberReport) => (isFinal(status) ? (forMs ?? 0) : -1);
  return [...starts].sort((a, b) => age(a) - age(b));
}

function unknown(text: string): Found {
  return {
    code: "unknownMember",
    text: `No member has the name, the address or the instance '${printable(text, wordLengthMax)}'.`,
  };
}

function ambiguous(text: string, addresses: readonly string[]): Found {
  const shown = addresses.slice(0, namedMax).join(", ");
  const more = addresses.length > namedMax ? ` and ${addresses.length - namedMax} more` : "";
  return {
    code: "ambiguousMember",
    text: `Several members are meant by '${printable(text, wordLengthMax)}': ${shown}${more}.`,
  };
}
