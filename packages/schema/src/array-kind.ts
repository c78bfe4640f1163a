// Arrays by how many elements they may have: what tells tuples of different lengths apart.

/** `array`, `array of 4`, `array of 1 to 2`, `array of 3 or more`. */
export type ArrayKind = "array" | `array of ${string}`;

/** How many elements there may be; Infinity where there is no most. */
export interface Lengths {
  readonly least: number;
  readonly most: number;
}

/** The kind of arrays with so many elements. */
export function arrayKindOf({ least, most }: Lengths): ArrayKind {
  if (most === Number.POSITIVE_INFINITY) return least === 0 ? "array" : `array of ${least} or more`;
  return least === most ? `array of ${least}` : `array of ${least} to ${most}`;
}

const pattern = /^array(?: of (\d+)(?: to (\d+)|( or more))?)?$/;

/** How many elements the arrays of a kind may have; undefined if it is no kind of arrays. */
export function arrayLengthsOf(kind: string): Lengths | undefined {
  const found = pattern.exec(kind);
  if (!found) return undefined;
  const [, first, last, more] = found;
  const isOpen = first === undefined || more !== undefined;
  return { least: Number(first ?? 0), most: isOpen ? Number.POSITIVE_INFINITY : Number(last ?? first) };
}

/** Whether the text is how {@link arrayKindOf} writes it. */
export function isArrayKind(text: string): text is ArrayKind {
  const lengths = arrayLengthsOf(text);
  return lengths !== undefined && lengths.least <= lengths.most && arrayKindOf(lengths) === text;
}

/** Whether a value can be of both kinds: arrays by their lengths, all others by their names. */
export function overlap(a: string, b: string): boolean {
  if (a === b) return true;
  const [one, other] = [arrayLengthsOf(a), arrayLengthsOf(b)];
  return one !== undefined && other !== undefined && one.least <= other.most && other.least <= one.most;
}

/**
 * Which arms of a union were which of an earlier version of it, as old and new names: those of the same name; of the
 * others those that share values with one of the other version only, and that one with them only.
 */
export function pairedArms(
  before: readonly string[],
  after: readonly string[],
): readonly (readonly [string, string])[] {
  const [went, came] = [
    before.filter((name) => !after.includes(name)),
    after.filter((name) => !before.includes(name)),
  ];
  return before.flatMap((old) => {
    if (after.includes(old)) return [[old, old] as const];
    const [now, ...others] = came.filter((name) => overlap(old, name));
    if (now === undefined || others.length > 0) return [];
    return went.filter((name) => overlap(name, now)).length === 1 ? [[old, now] as const] : [];
  });
}
