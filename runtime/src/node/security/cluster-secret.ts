// The cluster's secret: what its text looks like, what is refused as one, and what TLS gets of it.

import { hkdfSync, randomBytes } from "node:crypto";
import { NetworkError } from "../network-error.ts";

/** What both ends of a stream derive from the same secret. */
export interface ClusterSecret {
  /** Says which secret is meant without telling anything of it; seen by everybody on the way. */
  readonly id: string;
  /** 32 bytes: the pre-shared key of TLS. */
  readonly key: Uint8Array;
}

/** Bytes of a new secret. A pre-shared key can be guessed at offline by who has seen one handshake: 256 bits cannot. */
const secretBytes = 32;
/** Longer ones add nothing. */
const secretBytesMax = 64;
/** Of 32 random bytes about 30 differ; fewer than 16 is beyond chance. */
const distinctBytesMin = 16;

/** Shares of a text that no base64 of chance has: less than one of 600 000 has so many of its characters of a kind. */
const letterShareMax = 3 / 4;
const digitShareMax = 1 / 2;
/** Of 43 characters of base64 about 32 differ; fewer than 20 is beyond chance. */
const distinctCharactersMin = 20;

/** A new secret of 256 bits, as text: 43 characters of base64url. */
export function newClusterSecret(): string {
  return randomBytes(secretBytes).toString("base64url");
}

/**
 * Reads a secret: 32 to 64 random bytes in base64url, base64 or hex. `origin` says in errors where the text came from;
 * the text itself is never in one.
 * @throws NetworkError `weakSecret`, with the reason
 */
export function parseClusterSecret(text: string, origin: string): ClusterSecret {
  const bytes = secretBytesOf(text.trim());
  const flaw = flawOf(text.trim(), bytes);
  if (bytes === undefined || flaw !== undefined) {
    throw new NetworkError(
      "weakSecret",
      `${origin} ${flaw}; \`hewn keygen\` makes a secret of 256 random bits`,
    );
  }
  return {
    id: Buffer.from(derived(bytes, "name", 12)).toString("base64url"),
    key: derived(bytes, "pre-shared key", 32),
  };
}

function secretBytesOf(text: string): Uint8Array | undefined {
  if (isHex(text)) return Buffer.from(text, "hex");
  if (/^[A-Za-z0-9_-]+={0,2}$/.test(text)) return Buffer.from(text, "base64url");
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return Buffer.from(text, "base64");
  return undefined;
}

/** By chance alone no base64 of 32 bytes consists of hexadecimal digits. */
function isHex(text: string): boolean {
  return /^[0-9a-f]+$/i.test(text);
}

function flawOf(text: string, bytes: Uint8Array | undefined): string | undefined {
  if (text === "") return "is empty";
  if (bytes === undefined) return "is neither base64url, base64 nor hex";
  if (bytes.length < secretBytes) {
    return `is too short: ${bytes.length} bytes where at least ${secretBytes} are needed`;
  }
  if (bytes.length > secretBytesMax) return `is too long: ${bytes.length} bytes of at most ${secretBytesMax}`;
  if (new Set(bytes).size < distinctBytesMin) return "is weak: its bytes repeat";
  if (isSequence(bytes)) return "is weak: its bytes count up or down";
  if (bytes.every((byte) => byte >= 0x20 && byte < 0x7f)) return "is weak: its bytes are words, not chance";
  if (!isHex(text) && !looksRandom(text)) return "is weak: its text is words or a pattern, not chance";
  return undefined;
}

/** Whether a base64 text mixes its characters as chance does: words have mostly small letters, and use few others. */
function looksRandom(text: string): boolean {
  const share = (kind: RegExp) => (text.match(kind) ?? []).length / text.length;
  const letters = Math.max(share(/[a-z]/g), share(/[A-Z]/g));
  return (
    letters <= letterShareMax &&
    share(/[0-9]/g) <= digitShareMax &&
    new Set(text).size >= distinctCharactersMin
  );
}

function isSequence(bytes: Uint8Array): boolean {
  const stride = (bytes[1]! - bytes[0]!) & 0xff;
  return bytes.every((byte, index) => index === 0 || ((byte - bytes[index - 1]!) & 0xff) === stride);
}

/** Keys for different uses that tell nothing of each other (RFC 5869). */
function derived(secret: Uint8Array, use: string, length: number): Uint8Array {
  return new Uint8Array(
    hkdfSync("sha256", secret, new Uint8Array(0), `hewn cluster secret 1: ${use}`, length),
  );
}
