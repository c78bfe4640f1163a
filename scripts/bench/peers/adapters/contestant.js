// What the benchmark asks of a peer. Each adapter gives one of these for a workload, or nothing where the peer
// cannot carry it. What `toNative` does is not measured: a peer gets its objects in the shape that it likes best.

/**
 * @typedef {object} Contestant
 * @property {string} name
 * @property {(value: any) => any} toNative the workload's object in the peer's own shape
 * @property {(decoded: any) => any} [fromNative] back again, for the comparison that goes before measuring
 * @property {(native: any) => Uint8Array} encode bytes that no later call overwrites
 * @property {(native: any) => Uint8Array} [encodeView] bytes that the next call overwrites
 * @property {(bytes: Uint8Array) => any} decode
 * @property {boolean} [lossy] integers beyond 2^53 do not survive
 */

/** @type {<T>(value: T) => T} */
export const same = (value) => value;

/**
 * An object without what is absent: peers fill in `undefined`, null or an empty value for optional fields.
 * @param {any} value
 * @returns {any}
 */
export function withoutAbsent(value) {
  if (Array.isArray(value)) return value.map(withoutAbsent);
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  const present = Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== null);
  return Object.fromEntries(
    present
      .filter(([, inner]) => typeof inner !== "function")
      .map(([key, inner]) => [key, withoutAbsent(inner)]),
  );
}

/**
 * Replaces the literals of a workload by the numbers that stand for them in enums, and back.
 * @param {any} value
 * @param {Readonly<Record<string, readonly string[]>>} enums the members by the name of the property
 * @param {boolean} back
 * @returns {any}
 */
export function mapEnums(value, enums, back) {
  if (Array.isArray(value)) return value.map((inner) => mapEnums(inner, enums, back));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const members = enums[key];
      if (members && typeof inner === "string" && !back) return [key, members.indexOf(inner)];
      if (members && typeof inner === "number" && back) return [key, members[inner]];
      return [key, mapEnums(inner, enums, back)];
    }),
  );
}

/**
 * The enums of a workload, by property; `size` is an enum of an image and a number of a medium.
 * @type {Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>}
 */
export const enumsOf = {
  MediaContent: { player: ["JAVA", "FLASH"], size: ["SMALL", "LARGE"] },
  Order: { status: ["open", "paid", "shipped", "returned"] },
};

/** @param {bigint} value */
export const asSafeInteger = (value) => Number(value & 0x1f_ffff_ffff_ffffn);
