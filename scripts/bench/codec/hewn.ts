// Hewn's own part in the contest: the functions that are generated for each workload, as users import them.
import * as codec from "../../../fixtures/bench/workloads.codec.ts";
import type { WorkloadName, WorkloadTypes } from "./values.ts";

/** What is generated for one type, as far as it is measured. */
export interface Generated<T> {
  readonly encode: (value: T, options?: { readonly copy?: boolean }) => Uint8Array;
  readonly encodeInto: (value: T, target: Uint8Array, offset?: number) => number;
  readonly decode: (bytes: Uint8Array) => T;
  readonly stringify: (value: T) => string;
  readonly parse: (text: string) => T;
  readonly stringifyToBytes: (value: T) => Uint8Array;
  readonly parseFromBytes: (bytes: Uint8Array) => T;
}

export const generated: { readonly [N in WorkloadName]: Generated<WorkloadTypes[N]> } = {
  SensorReading: {
    encode: codec.encodeSensorReading,
    encodeInto: codec.encodeSensorReadingInto,
    decode: codec.decodeSensorReading,
    stringify: codec.stringifySensorReading,
    parse: codec.parseSensorReading,
    stringifyToBytes: codec.stringifySensorReadingToBytes,
    parseFromBytes: codec.parseSensorReadingFromBytes,
  },
  NodeId: {
    encode: codec.encodeNodeId,
    encodeInto: codec.encodeNodeIdInto,
    decode: codec.decodeNodeId,
    stringify: codec.stringifyNodeId,
    parse: codec.parseNodeId,
    stringifyToBytes: codec.stringifyNodeIdToBytes,
    parseFromBytes: codec.parseNodeIdFromBytes,
  },
  Command: {
    encode: codec.encodeCommand,
    encodeInto: codec.encodeCommandInto,
    decode: codec.decodeCommand,
    stringify: codec.stringifyCommand,
    parse: codec.parseCommand,
    stringifyToBytes: codec.stringifyCommandToBytes,
    parseFromBytes: codec.parseCommandFromBytes,
  },
  Readings1000: {
    encode: codec.encodeReadings1000,
    encodeInto: codec.encodeReadings1000Into,
    decode: codec.decodeReadings1000,
    stringify: codec.stringifyReadings1000,
    parse: codec.parseReadings1000,
    stringifyToBytes: codec.stringifyReadings1000ToBytes,
    parseFromBytes: codec.parseReadings1000FromBytes,
  },
  MediaContent: {
    encode: codec.encodeMediaContent,
    encodeInto: codec.encodeMediaContentInto,
    decode: codec.decodeMediaContent,
    stringify: codec.stringifyMediaContent,
    parse: codec.parseMediaContent,
    stringifyToBytes: codec.stringifyMediaContentToBytes,
    parseFromBytes: codec.parseMediaContentFromBytes,
  },
  Order: {
    encode: codec.encodeOrder,
    encodeInto: codec.encodeOrderInto,
    decode: codec.decodeOrder,
    stringify: codec.stringifyOrder,
    parse: codec.parseOrder,
    stringifyToBytes: codec.stringifyOrderToBytes,
    parseFromBytes: codec.parseOrderFromBytes,
  },
  Doubles10k: {
    encode: codec.encodeDoubles10k,
    encodeInto: codec.encodeDoubles10kInto,
    decode: codec.decodeDoubles10k,
    stringify: codec.stringifyDoubles10k,
    parse: codec.parseDoubles10k,
    stringifyToBytes: codec.stringifyDoubles10kToBytes,
    parseFromBytes: codec.parseDoubles10kFromBytes,
  },
  Article: {
    encode: codec.encodeArticle,
    encodeInto: codec.encodeArticleInto,
    decode: codec.decodeArticle,
    stringify: codec.stringifyArticle,
    parse: codec.parseArticle,
    stringifyToBytes: codec.stringifyArticleToBytes,
    parseFromBytes: codec.parseArticleFromBytes,
  },
  GameState: {
    encode: codec.encodeGameState,
    encodeInto: codec.encodeGameStateInto,
    decode: codec.decodeGameState,
    stringify: codec.stringifyGameState,
    parse: codec.parseGameState,
    stringifyToBytes: codec.stringifyGameStateToBytes,
    parseFromBytes: codec.parseGameStateFromBytes,
  },
};
