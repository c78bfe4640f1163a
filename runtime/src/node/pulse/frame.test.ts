import { describe, expect, test } from "@jest/globals";
import {
  newNonce,
  OneFrame,
  payloadMax,
  readAnswer,
  readChallenge,
  readQuestion,
  tokenBytes,
  writeAnswer,
  writeChallenge,
  writeQuestion,
} from "./frame.ts";
import { pulseBodyMax } from "./limits.ts";

const token = new Uint8Array(tokenBytes).fill(7);
const challenge = newNonce();
const nonce = newNonce();
const body = Uint8Array.of(1, 2, 3);

function payloadOf(frame: Uint8Array): Uint8Array {
  const payload = new OneFrame().take(frame);
  if (!(payload instanceof Uint8Array)) throw new Error(`no payload, but ${payload}`);
  return payload;
}

/** The same with one bit changed, for every bit. */
function spoiled(payload: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: payload.length * 8 }, (_, bit) => {
    const copy = payload.slice();
    copy[bit >> 3]! ^= 1 << (bit & 7);
    return copy;
  });
}

describe("a challenge", () => {
  test("says a nonce, and is known by its first bytes and its length", () => {
    const payload = payloadOf(writeChallenge(challenge));
    expect(readChallenge(payload)).toEqual(challenge);
    expect(readChallenge(payload.subarray(1))).toBeUndefined();
    expect(readChallenge(Uint8Array.of(...payload, 0))).toBeUndefined();
    for (const bad of spoiled(payload).slice(0, 40)) expect(readChallenge(bad)).toBeUndefined();
  });
});

describe("a question", () => {
  const payload = payloadOf(writeQuestion(token, challenge, { nonce, body }));

  test("is read by who has the token and made the challenge", () => {
    const read = readQuestion(token, challenge, payload);
    expect(Buffer.from(read?.nonce ?? [])).toEqual(Buffer.from(nonce));
    expect(Buffer.from(read?.body ?? [])).toEqual(Buffer.from(body));
  });

  test("is none with another token, after another challenge, with one bit changed, or cut", () => {
    expect(readQuestion(new Uint8Array(tokenBytes), challenge, payload)).toBeUndefined();
    expect(readQuestion(token, newNonce(), payload)).toBeUndefined();
    for (const bad of spoiled(payload)) expect(readQuestion(token, challenge, bad)).toBeUndefined();
    for (let length = 0; length < payload.length; length++) {
      expect(readQuestion(token, challenge, payload.subarray(0, length))).toBeUndefined();
    }
  });

  test("carries at most so much", () => {
    const longest = { nonce, body: new Uint8Array(pulseBodyMax) };
    expect(payloadOf(writeQuestion(token, challenge, longest))).toHaveLength(payloadMax);
    const longer = { nonce, body: new Uint8Array(pulseBodyMax + 1) };
    expect(new OneFrame().take(writeQuestion(token, challenge, longer))).toBe("tooLong");
  });
});

describe("an answer", () => {
  const payload = payloadOf(writeAnswer(token, challenge, nonce, { lagMs: 1234.4, body }));

  test("says the lag in whole milliseconds", () => {
    expect(readAnswer(token, challenge, nonce, payload)).toEqual({ lagMs: 1234, body: Buffer.from(body) });
  });

  test("is none with another token, to another challenge or question, with one bit changed, or cut", () => {
    expect(readAnswer(new Uint8Array(tokenBytes), challenge, nonce, payload)).toBeUndefined();
    expect(readAnswer(token, newNonce(), nonce, payload)).toBeUndefined();
    expect(readAnswer(token, challenge, newNonce(), payload)).toBeUndefined();
    for (const bad of spoiled(payload)) expect(readAnswer(token, challenge, nonce, bad)).toBeUndefined();
    for (let length = 0; length < payload.length; length++) {
      expect(readAnswer(token, challenge, nonce, payload.subarray(0, length))).toBeUndefined();
    }
  });

  test("is no question that comes back, and no question is an answer", () => {
    const question = payloadOf(writeQuestion(token, challenge, { nonce, body }));
    expect(readAnswer(token, challenge, nonce, question)).toBeUndefined();
    expect(readQuestion(token, challenge, payload)).toBeUndefined();
  });

  test("of a lag beyond 32 bits says the longest", () => {
    const long = payloadOf(writeAnswer(token, challenge, nonce, { lagMs: 1e15, body }));
    expect(readAnswer(token, challenge, nonce, long)?.lagMs).toBe(0xffffffff);
  });
});

describe("the one frame of a side", () => {
  const frame = writeChallenge(challenge);

  test("comes in whatever pieces", () => {
    const pieces = new OneFrame();
    for (const byte of frame.subarray(0, -1)) expect(pieces.take(Uint8Array.of(byte))).toBeUndefined();
    expect(pieces.take(frame.subarray(-1))).toEqual(payloadOf(frame));
  });

  test("is refused where it declares more than any has, or something follows it", () => {
    expect(new OneFrame().take(Uint8Array.of(0xff, 0xff))).toBe("tooLong");
    expect(new OneFrame().take(Buffer.concat([frame, Buffer.of(0)]))).toBe("tooLong");
    expect(new OneFrame().take(new Uint8Array(64 * 1024))).toBe("tooLong");
  });
});
