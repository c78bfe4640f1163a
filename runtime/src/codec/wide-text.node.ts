// Long text beyond Latin-1 on engines that are slow with it: up to version 13, V8 takes about 2 ns for each of its
// two-byte units, where to copy them out and have those converted takes 0.5 to 1.4. Later ones need no way round.

/** From this length on the way round pays, so that texts around it lose nothing. */
const lengthMin = 800;

/** So many units are looked at to learn what a text is made of. */
const samples = 16;

/** Text of up to so many units shares one buffer; longer text is worth its own. */
const sharedUnits = 16_384;

type Transcode = (source: Uint8Array, from: "ucs2", to: "utf8") => Uint8Array;

/** Not imported, so that a bundle for Node needs nothing but its globals; null where the engine needs no way round. */
const transcode: Transcode | null = /* @__PURE__ */ (() => {
  const isSlow = Number.parseInt(process.versions.v8, 10) <= 13 && process.versions["bun"] === undefined;
  return isSlow ? (process.getBuiltinModule?.("buffer").transcode ?? null) : null;
})();

interface UnitMethods {
  ucs2Write(this: Uint8Array, text: string, offset: number, length: number): number;
}

const ucs2Write = /* @__PURE__ */ (() => (Buffer.prototype as unknown as UnitMethods).ucs2Write)();

let shared: Uint8Array | null = null;

/**
 * Writes `text` as UTF-8 from `p` on, where this is the faster way.
 * @returns the number of bytes; -1 where it is not, and for text with a lone surrogate
 */
export function writeWide(bytes: Uint8Array, p: number, text: string): number {
  if (transcode === null || text.length < lengthMin || !isWide(text)) return -1;
  const units = unitsOf(text);
  try {
    const encoded = transcode(units, "ucs2", "utf8");
    bytes.set(encoded, p);
    return encoded.length;
  } catch {
    return -1;
  }
}

function isWide(text: string): boolean {
  const step = Math.floor(text.length / samples);
  for (let i = 0; i < samples; i++) if (text.charCodeAt(i * step) > 0xff) return true;
  return false;
}

function unitsOf(text: string): Uint8Array {
  const size = 2 * text.length;
  const isShared = text.length <= sharedUnits;
  if (isShared) shared ??= new Uint8Array(2 * sharedUnits);
  const units = isShared ? shared! : new Uint8Array(size);
  ucs2Write.call(units, text, 0, size);
  return units.subarray(0, size);
}
