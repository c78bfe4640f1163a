// bebop: records from its own generator, written through one shared view.
import { BebopView } from "bebop";
import * as recordsModule from "../.build/bebop.js";
import { enumsOf, mapEnums, same, withoutAbsent } from "./contestant.js";
import { fromProto } from "./protobufjs.js";

/** By the name of the workload. @type {Readonly<Record<string, any>>} */
const records = { ...recordsModule };

const tags = { shutdown: 1, restart: 2, updateConfig: 3 };

/** Its `encode` gives a view on one buffer that the next call overwrites; owned bytes are a copy of that. */
export function bebop(workload) {
  const record = records[recordName(workload)];
  return {
    name: "bebop",
    toNative: (value) => toRecord(workload, value),
    fromNative: (value) => fromRecord(workload, value),
    encode: (value) => record.encode(value).slice(),
    encodeView: (value) => record.encode(value),
    decode: (bytes) => record.decode(bytes),
  };
}

/** Its reader without the frozen record and its methods: no public interface, told for completeness. */
export function bebopReadFrom(workload) {
  const { encode, ...rest } = bebop(workload);
  const record = records[recordName(workload)];
  return {
    ...rest,
    name: "bebop readFrom",
    encode,
    decode(bytes) {
      const view = BebopView.getInstance();
      view.startReading(bytes);
      return record.readFrom(view);
    },
  };
}

const recordName = (workload) => (workload === "Doubles10k" ? "Doubles10K" : workload);

function toRecord(workload, value) {
  if (workload !== "Command") return mapEnums(value, enumsOf[workload] ?? {}, false);
  const { type, ...rest } = value;
  return { tag: tags[type], value: rest };
}

function fromRecord(workload, record) {
  if (workload === "Command") {
    const type = Object.keys(tags)[record.tag - 1];
    return { type, ...withoutAbsent(record.value) };
  }
  if (workload === "NodeId") return withoutAbsent(record);
  return fromProto(workload, same(record));
}
