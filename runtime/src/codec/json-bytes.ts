// JSON texts as UTF-8 bytes, as sockets and files take and give them.
import { readUtf8, writeUtf8 } from "#text";
import { DecodeError } from "./decode-error.ts";
import { encodeError, withinType } from "./encode-error.ts";
import { isBytes } from "./is-bytes.ts";
import { keptBytesMax } from "./limits.ts";
import type { DecodeOptions, EncodeOptions } from "./options.ts";
import { isWellFormed } from "./surrogates.ts";
import { beginEncode, endEncode, room } from "./writer.ts";

/** Bytes that a UTF-16 unit takes at most. */
const unitBytes = 3;

/** Units of the longest text that goes into a slab. */
const slabUnits = 4096;

/** Where longer texts are put before their length in bytes is known. */
let draft: Uint8Array = /* @__PURE__ */ new Uint8Array(0);

/**
 * The UTF-8 of a JSON text of the type called `root`: a view on a slab that is never overwritten, or bytes of its own.
 * @throws EncodeError `loneSurrogate`, which no text of our own has: strings that have one are refused, names and
 *   literals escaped
 */
export function jsonToBytes(root: string, text: string, options?: EncodeOptions): Uint8Array {
  try {
    return text.length > slabUnits ? longToBytes(text) : shortToBytes(text, options);
  } catch (error) {
    throw withinType(error, root);
  }
}

function shortToBytes(text: string, options?: EncodeOptions): Uint8Array {
  const w = beginEncode();
  const p = room(w, w.start, unitBytes * text.length);
  return endEncode(w, p + putText(w.bytes, p, text), options);
}

function longToBytes(text: string): Uint8Array {
  const most = unitBytes * text.length;
  if (most > keptBytesMax) {
    if (!isWellFormed(text)) throw encodeError("loneSurrogate");
    return new TextEncoder().encode(text);
  }
  if (draft.length < most) draft = new Uint8Array(most);
  return draft.slice(0, putText(draft, 0, text));
}

/** Puts the UTF-8 of a text at `p` and returns how many bytes it takes. */
function putText(bytes: Uint8Array, p: number, text: string): number {
  const size = writeUtf8(bytes, p, text);
  if (size < 0) throw encodeError("loneSurrogate");
  return size;
}

/**
 * Has `parse` parse the text in `bytes`.
 * @throws DecodeError `wrongInput`, `invalidUtf8`, and what `parse` throws, with offsets in bytes
 */
export function parseJsonBytes<T>(
  root: string,
  bytes: Uint8Array,
  parse: (text: string, options?: DecodeOptions) => T,
  options?: DecodeOptions,
): T {
  if (!isBytes(bytes)) throw new DecodeError("wrongInput", root, 0, "expected Uint8Array");
  const text = readUtf8(bytes, 0, bytes.length);
  if (text === undefined)
    throw new DecodeError("invalidUtf8", root, 0, "expected UTF-8, found bytes that are not");
  try {
    return parse(text, options);
  } catch (error) {
    if (error instanceof DecodeError)
      error.locate(root, new TextEncoder().encode(text.slice(0, error.offset)).length);
    throw error;
  }
}
