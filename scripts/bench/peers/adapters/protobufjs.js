// protobufjs: protobuf through its static code, the fastest that it has.
import protobuf from "protobufjs/minimal.js";
import { bench } from "../.build/protobufjs.js";
import { asSafeInteger, enumsOf, mapEnums, same, withoutAbsent } from "./contestant.js";

// The package `long`, which other peers bring along, would turn its 64-bit integers into objects.
protobuf.util.Long = null;
protobuf.configure();

/** @returns {import("./contestant.js").Contestant} */
export function protobufjs(workload) {
  const type = bench[workload];
  const toPlain = type.toObject ? (value) => type.toObject(value, { defaults: false }) : same;
  return {
    name: "protobufjs",
    lossy: workload === "NodeId",
    toNative: (value) => toProto(workload, value),
    fromNative: (value) => fromProto(workload, toPlain(value)),
    encode: (value) => type.encode(value).finish(),
    decode: (bytes) => type.decode(bytes),
  };
}

/** The shape that proto libraries share: enums are numbers, a union is the one property that is set. */
export function toProto(workload, value) {
  if (workload === "NodeId") return { ...value, instance: asSafeInteger(value.instance) };
  if (workload === "Command") {
    const { type, ...rest } = value;
    return { [type]: rest };
  }
  return mapEnums(value, enumsOf[workload] ?? {}, false);
}

export function fromProto(workload, decoded) {
  const value = withoutAbsent(plain(decoded));
  if (workload === "NodeId") return { ...value, instance: BigInt(value.instance) };
  if (workload === "Command") {
    const type = ["shutdown", "restart", "updateConfig"].find((name) => value[name] !== undefined);
    return { type, ...value[type] };
  }
  return mapImages(mapEnums(value, { ...enumsOf[workload], size: undefined }, true), workload);
}

/** `size` is an enum of an image alone; a medium has a number of that name. */
function mapImages(value, workload) {
  if (workload !== "MediaContent") return value;
  return { ...value, images: mapEnums(value.images, enumsOf.MediaContent, true) };
}

/** Own and inherited fields alike: generated classes keep defaults on their prototypes. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  const result = {};
  for (const key in value) if (typeof value[key] !== "function") result[key] = plain(value[key]);
  return result;
}
