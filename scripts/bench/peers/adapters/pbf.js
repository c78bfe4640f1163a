// pbf: protobuf through the functions that its compiler writes.
import { PbfReader, PbfWriter } from "pbf";
import * as schemasModule from "../.build/pbf.js";
import { fromProto, toProto } from "./protobufjs.js";

/** By the name of the workload. @type {Readonly<Record<string, any>>} */
const schemas = { ...schemasModule };

/** @returns {import("./contestant.js").Contestant} */
export function pbf(workload) {
  const write = schemas[`write${workload}`];
  const read = schemas[`read${workload}`];
  const shared = new PbfWriter(new Uint8Array(1 << 20));
  return {
    name: "pbf",
    lossy: workload === "NodeId",
    toNative: (value) => toProto(workload, value),
    fromNative: (value) => fromProto(workload, withoutEmpty(value)),
    encode(value) {
      const writer = new PbfWriter();
      write(value, writer);
      return writer.finish();
    },
    encodeView(value) {
      shared.pos = 0;
      write(value, shared);
      return shared.buf.subarray(0, shared.pos);
    },
    decode: (bytes) => read(new PbfReader(bytes)),
  };
}

/** An optional string that was absent comes back empty. */
function withoutEmpty(value) {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key, inner]) => inner !== "" && !(inner === 0 && key === "bitrate"),
  );
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutEmpty(inner)]));
}
