// The first bytes of a stream that should be TLS, judged before TLS sees them: what is no hello, or one longer than any
// node's, costs nothing but these bytes.

/** Bytes of a ClientHello with its record's header. One of a node takes about 1.5 KB, most of it for key exchange. */
export const clientHelloMax = 4 * 1024;

const recordHeaderBytes = 5;
/** Of a message of the handshake: its type, and a length of three bytes. */
const messageHeaderBytes = 4;
const handshakeRecord = 22;
const clientHello = 1;

/**
 * - `more`: not enough to tell yet
 * - `hello`: a whole ClientHello
 * - `plaintext`: no TLS
 * - `tooLong`: a ClientHello beyond {@link clientHelloMax}, or one that does not fill just one record: in pieces it could
 *   be of any length, and no node's is
 */
export type FirstBytes = "more" | "hello" | "plaintext" | "tooLong";

/** RFC 8446, sections 4 and 5.1: a record of type handshake, version 3.x, with one message of type ClientHello. */
export function judgeFirstBytes(bytes: Uint8Array): FirstBytes {
  const expected = [handshakeRecord, 3];
  if (expected.some((byte, index) => index < bytes.length && bytes[index] !== byte)) return "plaintext";
  if (bytes.length <= recordHeaderBytes) return "more";
  if (bytes[recordHeaderBytes] !== clientHello) return "plaintext";
  const record = bytes[3]! * 256 + bytes[4]!;
  const length = recordHeaderBytes + record;
  if (length > clientHelloMax || record < messageHeaderBytes) return "tooLong";
  if (bytes.length < recordHeaderBytes + messageHeaderBytes) return "more";
  const message = bytes[6]! * 65536 + bytes[7]! * 256 + bytes[8]!;
  if (messageHeaderBytes + message !== record) return "tooLong";
  return bytes.length >= length ? "hello" : "more";
}
