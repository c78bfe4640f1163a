// Strings whose surrogates all come in pairs, the only ones that UTF-8 can express.

/** Whether `text` has no lone surrogate. */
export function isWellFormed(text: string): boolean {
  const native = (text as { isWellFormed?: () => boolean }).isWellFormed;
  return native === undefined ? !/\p{Surrogate}/u.test(text) : native.call(text);
}
