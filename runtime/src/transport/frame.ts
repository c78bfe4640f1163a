// The frame: what a connection's byte stream is cut into.
//
//   offset  bytes  field
//   0       4      length of everything behind it (kind and body), unsigned, big-endian
//   4       1      kind
//   5       n      body
//
// The length comes first so that a frame that is too long is refused before anything of it is kept. It has a fixed
// width so that a message can be encoded straight behind an empty header and the length filled in afterwards; it is
// big-endian as everything in MessagePack is. The kind stands outside the body, so that who reads a message's bytes
// needs no dispatch of its own.

/** Bytes of the length field. */
export const lengthBytes = 4;

/** Bytes of a frame in front of its body. */
export const headerBytes = lengthBytes + 1;

/**
 * What a frame carries. 1 to 15 belong to the session itself, from 16 on to those who use it: these
 * count against credit. 0 is never given out, so that a run of zero bytes is no frame.
 */
export const frameKind = {
  /** The first frame of each side: four bytes of magic, then a `Hello`. */
  hello: 1,
  /** A `Welcome`: the hello was accepted. */
  welcome: 2,
  /** An `Agreement`: what the sender knows about the peer's types. Only where the sets of types differ. */
  agreement: 3,
  /** A `GoAway`: the sender closes the connection, and why. */
  goAway: 4,
  /** A `Ping`: the sender wants to know whether anybody is there. */
  ping: 5,
  /** A `Pong`. */
  pong: 6,
  /** A `Grant`: how far the sender has come with what the peer sent. */
  grant: 7,
  /** No body: the acceptor has taken the stream as its lane, and messages may follow. */
  ready: 8,
  /** A message: its type's index in the sender's catalogue as a MessagePack uint, then its value. */
  message: 16,
  /** The beginning of a message too long for a frame: stream and total length, four bytes each, then bytes. */
  chunkBegin: 17,
  /** More of it: its stream, then bytes. */
  chunk: 18,
  /** The last of it, with which it is whole. */
  chunkEnd: 19,
} as const;

/** Reads the length field at `offset`, which must have four bytes behind it. */
export function readLength(bytes: Uint8Array, offset: number): number {
  return (
    bytes[offset]! * 0x1000000 + ((bytes[offset + 1]! << 16) | (bytes[offset + 2]! << 8) | bytes[offset + 3]!)
  );
}

/** Writes the header of a frame whose body has `bodyBytes` bytes at `offset`. */
export function writeHeader(bytes: Uint8Array, offset: number, kind: number, bodyBytes: number): void {
  const length = bodyBytes + 1;
  bytes[offset] = length >>> 24;
  bytes[offset + 1] = length >>> 16;
  bytes[offset + 2] = length >>> 8;
  bytes[offset + 3] = length;
  bytes[offset + 4] = kind;
}

/** A frame with an own buffer: for the few frames of a handshake, where nothing is worth sharing. */
export function encodeFrame(kind: number, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(headerBytes + body.length);
  writeHeader(bytes, 0, kind, body.length);
  bytes.set(body, headerBytes);
  return bytes;
}
