// JSON as programs send it: text to bytes and back.
import { same } from "./contestant.js";

/** @returns {import("./contestant.js").Contestant} */
export function json(workload) {
  const scratch = Buffer.allocUnsafe(1 << 20);
  const isNodeId = workload === "NodeId";
  return {
    name: "JSON",
    toNative: isNodeId ? (value) => ({ ...value, instance: String(value.instance) }) : same,
    fromNative: isNodeId ? (value) => ({ ...value, instance: BigInt(value.instance) }) : same,
    encode: (value) => Buffer.from(JSON.stringify(value)),
    encodeView: (value) => scratch.subarray(0, scratch.utf8Write(JSON.stringify(value), 0)),
    decode: (bytes) => JSON.parse(bytes.utf8Slice(0, bytes.length)),
  };
}
