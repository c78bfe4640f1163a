// What goes over a connection to a pulse thread: a challenge, a question, an answer, each a length of two bytes and as many
// more. The token goes with none of them; it proves them. Made by hand, because the thread has no codecs.

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { pulseBodyMax } from "./limits.ts";

export const tokenBytes = 32;
export const nonceBytes = 16;
const proofBytes = 32;
const lagBytes = 4;
const lengthBytes = 2;
/** "HWNP", and the version of what follows. */
const magic = Uint8Array.of(0x48, 0x57, 0x4e, 0x50, 1);

/** The longest payload that there is: that of a question. */
export const payloadMax = nonceBytes + pulseBodyMax + proofBytes;

export interface Answer {
  readonly lagMs: number;
  readonly body: Uint8Array;
}

export interface Question {
  /** By whoever asks, so that nobody can answer with what was said before. */
  readonly nonce: Uint8Array;
  readonly body: Uint8Array;
}

/** The first frame of who is asked: no question that was made before is one here. */
export function writeChallenge(nonce: Uint8Array): Uint8Array {
  return frameOf(magic, nonce);
}

/** The nonce of a challenge; undefined where it is none that this version knows. */
export function readChallenge(payload: Uint8Array): Uint8Array | undefined {
  const isOne =
    payload.length === magic.length + nonceBytes && magic.every((byte, at) => payload[at] === byte);
  return isOne ? payload.slice(magic.length) : undefined;
}

export function writeQuestion(
  token: Uint8Array,
  challenge: Uint8Array,
  { nonce, body }: Question,
): Uint8Array {
  return frameOf(nonce, body, proofOf(token, "question", challenge, nonce, body));
}

/** The question in a payload; undefined where it was not made for this challenge by one who has the token. */
export function readQuestion(
  token: Uint8Array,
  challenge: Uint8Array,
  payload: Uint8Array,
): Question | undefined {
  const end = payload.length - proofBytes;
  if (end < nonceBytes) return undefined;
  const question = { nonce: payload.slice(0, nonceBytes), body: payload.slice(nonceBytes, end) };
  const proof = proofOf(token, "question", challenge, question.nonce, question.body);
  return timingSafeEqual(proof, payload.subarray(end)) ? question : undefined;
}

export function writeAnswer(
  token: Uint8Array,
  challenge: Uint8Array,
  nonce: Uint8Array,
  { lagMs, body }: Answer,
): Uint8Array {
  const lag = Buffer.alloc(lagBytes);
  lag.writeUInt32BE(Math.min(0xffffffff, Math.max(0, Math.round(lagMs))));
  return frameOf(lag, body, proofOf(token, "answer", challenge, nonce, lag, body));
}

/** The answer in a payload; undefined where it does not answer that question, or was made by one without the token. */
export function readAnswer(
  token: Uint8Array,
  challenge: Uint8Array,
  nonce: Uint8Array,
  payload: Uint8Array,
): Answer | undefined {
  const end = payload.length - proofBytes;
  if (end < lagBytes) return undefined;
  const lag = payload.subarray(0, lagBytes);
  const body = payload.slice(lagBytes, end);
  const proof = proofOf(token, "answer", challenge, nonce, lag, body);
  if (!timingSafeEqual(proof, payload.subarray(end))) return undefined;
  return { lagMs: Buffer.from(lag).readUInt32BE(), body };
}

export function newNonce(): Uint8Array {
  return randomBytes(nonceBytes);
}

/** All parts but the last have one length, so that no two lists of them are the same bytes. */
function proofOf(token: Uint8Array, label: "question" | "answer", ...parts: readonly Uint8Array[]): Buffer {
  const hmac = createHmac("sha256", token).update(`hewn pulse 1 ${label}\0`);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

function frameOf(...parts: readonly Uint8Array[]): Uint8Array {
  const payload = Buffer.concat(parts);
  const frame = Buffer.allocUnsafe(lengthBytes + payload.length);
  frame.writeUInt16BE(payload.length);
  payload.copy(frame, lengthBytes);
  return frame;
}

/** Puts together the one frame that a side may send, in whatever pieces it comes. */
export class OneFrame {
  #bytes: Uint8Array = new Uint8Array(0);

  /** The payload when it is whole; "tooLong" where it is longer than any, or something follows it. */
  take(chunk: Uint8Array): Uint8Array | "tooLong" | undefined {
    if (this.#bytes.length + chunk.length > lengthBytes + payloadMax) return "tooLong";
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    if (this.#bytes.length < lengthBytes) return undefined;
    const length = lengthBytes + (this.#bytes[0]! << 8) + this.#bytes[1]!;
    if (length > lengthBytes + payloadMax || this.#bytes.length > length) return "tooLong";
    return this.#bytes.length === length ? this.#bytes.slice(lengthBytes) : undefined;
  }
}
