// Tuples of a fixed length, and those with a rest between fixed ends: what stands where, and how many there can be.

/** A tuple by whatever stands for the types in it. */
export interface TupleShape<T> {
  readonly elements: readonly T[];
  readonly required: number;
  readonly rest?: T;
  readonly trailing?: readonly T[];
}

/** Each type once: the leading ones, the rest, the trailing ones. */
export function tupleParts<T>({ elements, rest, trailing = [] }: TupleShape<T>): readonly T[] {
  return [...elements, ...(rest === undefined ? [] : [rest]), ...trailing];
}

/** How many elements a value has; with a rest there is no most, which is Infinity then. */
export function tupleLengths<T>(tuple: TupleShape<T>): { readonly least: number; readonly most: number } {
  const { elements, required, rest, trailing = [] } = tuple;
  const most = rest === undefined ? elements.length : Number.POSITIVE_INFINITY;
  return { least: required + trailing.length, most };
}

/** The type of element `i` of a value with `n`. */
export function tuplePartAt<T>(
  { elements, rest, trailing = [] }: TupleShape<T>,
  i: number,
  n: number,
): T | undefined {
  if (i < elements.length || rest === undefined) return elements[i];
  return i < n - trailing.length ? rest : trailing[i - (n - trailing.length)];
}

/** The same tuple of other types. @param map is told the step to the part: `[0]`, `[...]`, `[-1]` for the last */
export function mappedTuple<T, U>(
  { elements, required, rest, trailing }: TupleShape<T>,
  map: (part: T, step: string) => U,
): TupleShape<U> {
  return {
    elements: elements.map((element, index) => map(element, `[${index}]`)),
    required,
    ...(rest === undefined ? {} : { rest: map(rest, "[...]") }),
    ...(trailing === undefined
      ? {}
      : { trailing: trailing.map((element, index) => map(element, `[${index - trailing.length}]`)) }),
  };
}
