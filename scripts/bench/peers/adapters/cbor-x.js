// cbor-x: CBOR with records, the structures shared between encoder and decoder.
import { Encoder } from "cbor-x";
import { same } from "./contestant.js";

/** @returns {import("./contestant.js").Contestant} */
export function cborX() {
  const encoder = new Encoder({ structures: [], int64AsNumber: false });
  const encode = (value) => encoder.encode(value);
  return {
    name: "cbor-x shared",
    toNative: same,
    encode,
    encodeView: encode,
    decode: (bytes) => encoder.decode(bytes),
  };
}
