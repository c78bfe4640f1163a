// The names of the runtime's own types.

import type { Codec } from "../codec/codec.ts";

/** A codec under a name that no user's type can have: a point stands in no name of TypeScript's. */
export function reserved<T>(codec: Codec<T>): Codec<T> {
  return { ...codec, name: `hewn.${codec.name}` };
}
