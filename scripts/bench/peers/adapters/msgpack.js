// @msgpack/msgpack: maps with the names of the properties, an encoder and a decoder kept.
import { Decoder, Encoder } from "@msgpack/msgpack";
import { same } from "./contestant.js";

/** @returns {import("./contestant.js").Contestant} */
export function msgpack(workload) {
  const options = { useBigInt64: workload === "NodeId" };
  const encoder = new Encoder(options);
  const decoder = new Decoder(options);
  return {
    name: "@msgpack/msgpack",
    toNative: same,
    encode: (value) => encoder.encode(value),
    encodeView: (value) => encoder.encodeSharedRef(value),
    decode: (bytes) => decoder.decode(bytes),
  };
}
