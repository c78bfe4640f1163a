// Codecs for tests of actors, put together from parts where the generator would write them out.
import type { Codec } from "../codec/index.ts";
import {
  copyBytes,
  expectArray,
  type OwnBytes,
  putArrayHeader,
  putBytes,
  putI32,
  putString,
  readArrayHeader,
  readBytes,
  readI32,
  readString,
  room,
  stringRoom,
  within,
} from "../codec/index.ts";

export const integer: Codec<number> = {
  name: "i32",
  fingerprint: "i32",
  write: (w, p, value) => putI32(w, room(w, p, 5), value),
  read: (r) => readI32(r),
};

export const text: Codec<string> = {
  name: "string",
  fingerprint: "string",
  write: (w, p, value) => putString(w, room(w, p, stringRoom(value)), value),
  read: (r) => readString(r),
};

/** What can be changed, and so has to be copied. */
export const bytes: Codec<Uint8Array> = {
  name: "bytes",
  fingerprint: "bytes",
  write: (w, p, value) => putBytes(w, p, value),
  read: (r): OwnBytes => readBytes(r),
  clone: (value) => copyBytes(value),
};

type Elements<T extends readonly unknown[]> = { readonly [K in keyof T]: Codec<T[K]> };

/** A tuple of values, as parameters travel. */
export function tuple<T extends readonly unknown[]>(
  name: string,
  ...elements: Elements<T>
): Codec<Readonly<T>> {
  const codecs: readonly Codec<unknown>[] = elements as unknown as readonly Codec<unknown>[];
  const each = <R>(run: (codec: Codec<unknown>, i: number) => R): R[] =>
    codecs.map((codec, i) => {
      try {
        return run(codec, i);
      } catch (error) {
        throw within(error, i);
      }
    });
  const codec: Codec<Readonly<T>> = {
    name,
    fingerprint: `${name}(${codecs.map(({ fingerprint }) => fingerprint).join()})`,
    write: (w, p, value, depth) => {
      expectArray(value);
      let at = putArrayHeader(w, room(w, p, 5), codecs.length);
      each((one, i) => {
        at = one.write(w, at, value[i], depth);
      });
      return at;
    },
    read: (r, depth) => {
      readArrayHeader(r);
      return each((one) => one.read(r, depth)) as unknown as Readonly<T>;
    },
  };
  if (codecs.every(({ clone }) => clone === undefined)) return codec;
  const clone = (value: Readonly<T>, depth: number): Readonly<T> =>
    each((one, i) => (one.clone ? one.clone(value[i], depth) : value[i])) as unknown as Readonly<T>;
  return { ...codec, clone };
}
