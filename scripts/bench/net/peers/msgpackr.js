// What carries only bytes gets msgpackr, the fastest of the schemaless codecs for Node.
import { Packr } from "msgpackr";

const packr = new Packr({ useRecords: false });

/** @type {(message: unknown) => Buffer} */
export const pack = (message) => packr.pack(message);

/** @type {(bytes: Uint8Array) => any} */
export const unpack = (bytes) => packr.unpack(bytes);
