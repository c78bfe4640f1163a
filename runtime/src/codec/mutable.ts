// What a decoder fills in before it hands the value out.

/** `T` with its own properties writable. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };
