// What Hewn's extensions mean; docs/protocol.md has their table.
import { addressText, beginDecode, readRefAddress } from "@hewn/runtime/codec";
import { elementsText } from "./elements-text.ts";
import type { Item } from "./messagepack-item.ts";
import { shortened } from "./shortened.ts";

/** Digits of longer bigints are not worth their time: they are cut off anyway. */
const bigintBytesMax = 2048;

/** Undefined for extensions that are not Hewn's, or do not have their form. */
export function describeExt({ extType, value }: Item): string | undefined {
  if (!(value instanceof Uint8Array)) return undefined;
  const view = new DataView(value.buffer, value.byteOffset, value.length);
  switch (extType) {
    case -1:
      return timeText(view);
    case 0:
      return value.length === 0 ? "null" : undefined;
    case 1:
      return bigintText(value);
    case 2:
      return elementsText("Float64Array", value);
    case 3:
      return elementsText("Float32Array", value);
    case 4:
      return addressOf(value);
    default:
      return undefined;
  }
}

/** The address of an actor: the header is put back, because the reader asks for it. */
function addressOf(body: Uint8Array): string | undefined {
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, body.length);
  try {
    return addressText(readRefAddress(beginDecode("address", Uint8Array.of(0xc9, ...size, 4, ...body))));
  } catch {
    return undefined;
  }
}

function bigintText(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0 || bytes.length > bigintBytesMax) return undefined;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return shortened(String(BigInt.asIntN(8 * bytes.length, BigInt(`0x${hex}`))));
}

/** A timestamp as the text of a Date; of the digits behind its milliseconds, those that are there. */
function timeText(view: DataView): string | undefined {
  const timestamp = timestampOf(view);
  if (timestamp === undefined) return undefined;
  const { seconds, nanoseconds } = timestamp;
  const time = new Date(Number(seconds) * 1000 + Math.floor(nanoseconds / 1_000_000));
  if (Number.isNaN(time.getTime())) return `${seconds} s and ${nanoseconds} ns after 1970`;
  const rest = nanoseconds % 1_000_000;
  return rest === 0 ? time.toISOString() : `${time.toISOString()} and ${rest} ns`;
}

/** The three forms of MessagePack's timestamps. */
function timestampOf(view: DataView): { readonly seconds: bigint; readonly nanoseconds: number } | undefined {
  switch (view.byteLength) {
    case 4:
      return { seconds: BigInt(view.getUint32(0)), nanoseconds: 0 };
    case 8: {
      const bits = view.getBigUint64(0);
      return { seconds: bits & 0x3_ffff_ffffn, nanoseconds: Number(bits >> 34n) };
    }
    case 12:
      return { seconds: view.getBigInt64(4), nanoseconds: view.getUint32(0) };
    default:
      return undefined;
  }
}
