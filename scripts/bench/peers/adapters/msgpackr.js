// msgpackr, plain and with records whose structures both sides share.
import { Packr } from "msgpackr";
import { same } from "./contestant.js";

/** @returns {import("./contestant.js").Contestant} */
export const msgpackr = () => contestant("msgpackr", new Packr({ useRecords: false, int64AsType: "auto" }));

/** @returns {import("./contestant.js").Contestant} */
export const msgpackrShared = () =>
  contestant("msgpackr shared", new Packr({ structures: [], int64AsType: "auto" }));

/** Its slab is never overwritten, so its view and its owned bytes are the same call. */
function contestant(name, packr) {
  const encode = (value) => packr.pack(value);
  return { name, toNative: same, encode, encodeView: encode, decode: (bytes) => packr.unpack(bytes) };
}
