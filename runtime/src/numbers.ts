// Names for the number formats of the wire. They exist for the compiler alone: plain numbers and bigints assign to
// them without a cast, and the plugin sees the name through arrays, generics and aliases.

declare const wire: unique symbol;

/** Marks a number or bigint type with the format in which it travels. No value ever carries this property. */
export interface Tag<K extends string> {
  readonly [wire]?: K;
}

/** An integer from -128 to 127. */
export type i8 = number & Tag<"i8">;
/** An integer from -32 768 to 32 767. */
export type i16 = number & Tag<"i16">;
/** An integer from -2 147 483 648 to 2 147 483 647. */
export type i32 = number & Tag<"i32">;
/** An integer from 0 to 255. */
export type u8 = number & Tag<"u8">;
/** An integer from 0 to 65 535. */
export type u16 = number & Tag<"u16">;
/** An integer from 0 to 4 294 967 295. */
export type u32 = number & Tag<"u32">;
/** A safe integer: from -(2^53 - 1) to 2^53 - 1. */
export type int = number & Tag<"int">;
/** A 32-bit float. Values are rounded to the nearest one when they are encoded. */
export type f32 = number & Tag<"f32">;
/** A 64-bit float, the format of JavaScript's own numbers. */
export type f64 = number & Tag<"f64">;
/** An integer from -2^63 to 2^63 - 1. */
export type i64 = bigint & Tag<"i64">;
/** An integer from 0 to 2^64 - 1. */
export type u64 = bigint & Tag<"u64">;
