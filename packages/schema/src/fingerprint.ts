// A type's fingerprint: what two programs exchange to learn whether they mean the same bytes.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** The first 8 bytes of SHA-256 over the UTF-8 of a canonical text, as 16 lower-case hexadecimal digits. */
export function fingerprint(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)).subarray(0, 8));
}
