// The way to use a type that somebody else declared without `readonly` as a wire type.

type Primitive = string | number | bigint | boolean | symbol | null | undefined;

type Code = ((...parameters: never[]) => unknown) | (abstract new (...parameters: never[]) => unknown);

/** Values whose own form does not change with `readonly`: the plugin judges them as they are. */
type Opaque = Date | ArrayBufferView | Code;

/**
 * `T` with every property, array, tuple, map and set readonly, all the way down. Marked numbers such as `i32`
 * keep their format; dates, typed arrays, functions and constructors stay what they are. An instance of a class comes
 * out as its public properties, as `Readonly` has it, and is refused by the plugin as the class would be.
 */
export type Immutable<T> = unknown extends T
  ? T
  : T extends Primitive | Opaque
    ? T
    : T extends ReadonlyMap<infer K, infer V>
      ? ReadonlyMap<Immutable<K>, Immutable<V>>
      : T extends ReadonlySet<infer E>
        ? ReadonlySet<Immutable<E>>
        : T extends readonly (infer E)[]
          ? ImmutableArray<T, E>
          : { readonly [K in keyof T]: Immutable<T[K]> };

/**
 * Tuples are mapped element by element. Arrays are spelled out, because the compiler then puts off what is inside
 * them: an alias such as `type Text = string | Text[]` would have no end otherwise.
 */
type ImmutableArray<T, E> = E[] extends T
  ? readonly Immutable<E>[]
  : { readonly [K in keyof T]: Immutable<T[K]> };
