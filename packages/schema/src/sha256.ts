// SHA-256, by the engine's own implementation where it has one: the fingerprints of a large project are taken of tens of
// megabytes, for which one in JavaScript needs four times as long.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

interface NodeCrypto {
  readonly hash?: (algorithm: "sha256", data: Uint8Array, encoding: "hex") => string;
}

interface Engine {
  readonly process?: { readonly getBuiltinModule?: (name: "node:crypto") => NodeCrypto | undefined };
}

/** In lower-case hexadecimal digits. */
export function sha256Hex(bytes: Uint8Array): string {
  const { hash } = (globalThis as Engine).process?.getBuiltinModule?.("node:crypto") ?? {};
  return hash ? hash("sha256", bytes, "hex") : portableSha256Hex(bytes);
}

/** The same where the engine has none. */
export function portableSha256Hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}
