// Names a value in an error without repeating what it holds: messages may be secret, and long.

/** A few words for any value: numbers and the like as they are, for all else the kind. */
export function valueText(value: unknown): string {
  const kind = typeof value;
  if (kind === "number" || kind === "boolean" || value === null) return String(value);
  return Array.isArray(value) ? "array" : kind;
}
