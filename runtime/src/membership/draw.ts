// Chance, from a source that is handed in.

/** `count` distinct elements in random order, or all where there are fewer. */
export function drawn<T>(from: readonly T[], count: number, random: () => number): T[] {
  const rest = [...from];
  const size = Math.min(count, rest.length);
  for (let index = 0; index < size; index++) {
    const other = index + Math.floor(random() * (rest.length - index));
    [rest[index], rest[other]] = [rest[other]!, rest[index]!];
  }
  rest.length = size;
  return rest;
}

/** From 0.5 to 1.5 times, so that what began together comes apart. */
export function jittered(ms: number, random: () => number): number {
  return ms * (0.5 + random());
}
