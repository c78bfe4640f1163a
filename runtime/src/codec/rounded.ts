// Numbers that a 32-bit float cannot hold. Among the elements of a set and the keys of a map they are refused, because
// rounding can make two of them one. NaN and the infinities are held exactly, and sets and maps keep -0 as 0.

/** What is expected there, for errors and mismatches. */
export const exactF32 = "a number that f32 holds exactly";

export function isRounded(v: unknown): boolean {
  return typeof v === "number" && !Object.is(Math.fround(v), v);
}
