// Small pieces of the sentences that commands print.

/** `1 file`, `2 files`. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : plural}`;
}

/** The parts that say something, with commas between. */
export function list(parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false).join(", ");
}
