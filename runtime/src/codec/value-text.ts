// Names a value in an error without repeating what it holds: messages may be secret, and long.

/** A few words for any value: numbers as they are, for all else the kind. */
export function valueText(value: unknown): string {
  switch (typeof value) {
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return -(10n ** 24n) < value && value < 10n ** 24n ? value + "n" : "a longer bigint";
    case "boolean":
    case "undefined":
      return String(value);
    case "object":
      return objectText(value);
    default:
      return "a " + typeof value;
  }
}

function objectText(value: object | null): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return ArrayBuffer.isView(value) ? "bytes" : "an object";
}
