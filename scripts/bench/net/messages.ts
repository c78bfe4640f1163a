// The objects of each row, and the codecs that are generated for them.
import type { Codec } from "@hewn/runtime/codec";
import * as blobs from "../../../fixtures/bench/blob.codec.ts";
import type { Blob64k } from "../../../fixtures/bench/blob.ts";
import * as workloads from "../../../fixtures/bench/workloads.codec.ts";
import type { Order, SensorReading } from "../../../fixtures/bench/workloads.ts";
import { seededRandom } from "../codec/random.ts";
import { valuesOf } from "../codec/values.ts";
import type { RowName } from "./link.ts";

export interface RowTypes {
  small: SensorReading;
  record: Order;
  blob: Blob64k;
}

export const codecs: { readonly [N in RowName]: Codec<RowTypes[N]> } = {
  small: workloads.SensorReadingCodec,
  record: workloads.OrderCodec,
  blob: blobs.Blob64kCodec,
};

export interface OwnFunctions<T> {
  readonly encodeInto: (value: T, target: Uint8Array, offset: number) => number;
  readonly encode: (value: T) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => T;
}

export const functions: { readonly [N in RowName]: OwnFunctions<RowTypes[N]> } = {
  small: {
    encodeInto: workloads.encodeSensorReadingInto,
    encode: workloads.encodeSensorReading,
    decode: workloads.decodeSensorReading,
  },
  record: {
    encodeInto: workloads.encodeOrderInto,
    encode: workloads.encodeOrder,
    decode: workloads.decodeOrder,
  },
  blob: { encodeInto: blobs.encodeBlob64kInto, encode: blobs.encodeBlob64k, decode: blobs.decodeBlob64k },
};

const blobBytes = 64 * 1024;

/** A power of two of different objects for each row. */
export function messagesOf(row: RowName): readonly unknown[] {
  if (row === "small") return valuesOf("SensorReading", 1);
  if (row === "record") return valuesOf("Order", 1).map(ofOneKilobyte);
  const random = seededRandom(1);
  return Array.from({ length: 8 }, (_, nth): Blob64k => {
    const data = Uint8Array.from({ length: blobBytes }, () => random.integer(0, 255));
    return { id: `blob-${nth}`, data };
  });
}

/** Orders of the codec bench have 4 to 10 lines; with 16 they take about a kilobyte. */
function ofOneKilobyte(order: Order): Order {
  const lines = Array.from({ length: 16 }, (_, nth) => order.lines[nth % order.lines.length]!);
  return { ...order, lines };
}
