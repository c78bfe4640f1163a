// protobuf-es: protobuf by reflection over generated descriptors.
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import * as schemasModule from "../.build/es/workloads_pb.js";
import { enumsOf, mapEnums, withoutAbsent } from "./contestant.js";
import { fromProto } from "./protobufjs.js";

/** By the name of the workload. @type {Readonly<Record<string, any>>} */
const schemas = { ...schemasModule };

/** Premade messages: what `create` costs is not measured. @returns {import("./contestant.js").Contestant} */
export function protobufEs(workload) {
  const schema = schemas[`${workload}Schema`];
  return {
    name: "protobuf-es",
    toNative: (value) => create(schema, toInit(workload, value)),
    fromNative: (value) => fromMessage(workload, value),
    encode: (value) => toBinary(schema, value),
    decode: (bytes) => fromBinary(schema, bytes),
  };
}

/** Its 64-bit integers are bigints, wherever they stand. */
const wide = { timestamp: true, createdAt: true, duration: true };

function toInit(workload, value) {
  if (workload === "NodeId") return value;
  if (workload === "Command") {
    const { type, ...rest } = value;
    return { type: { case: type, value: rest } };
  }
  const init = mapWide(mapEnums(value, enumsOf[workload] ?? {}, false), BigInt);
  if (workload === "MediaContent") init.media.size = BigInt(init.media.size);
  return init;
}

function fromMessage(workload, message) {
  if (workload === "NodeId")
    return withoutAbsent({ host: message.host, port: message.port, instance: message.instance });
  if (workload === "Command") return { type: message.type.case, ...withoutNames(message.type.value) };
  const value = mapWide(withoutNames(message), Number);
  if (workload === "MediaContent") value.media.size = Number(value.media.size);
  return fromProto(workload, value);
}

function withoutNames(value) {
  if (Array.isArray(value)) return value.map(withoutNames);
  if (typeof value !== "object" || value === null) return value;
  const { $typeName: _, $unknown: __, ...rest } = value;
  return Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, withoutNames(inner)]));
}

function mapWide(value, convert) {
  if (Array.isArray(value)) return value.map((inner) => mapWide(inner, convert));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, wide[key] ? convert(inner) : mapWide(inner, convert)]),
  );
}
