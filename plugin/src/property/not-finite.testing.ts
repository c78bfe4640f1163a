// The one kind of values that has bytes and no JSON: a number that is not finite beside strings.

/** Whether that is why a value is not stringified. */
export function isNotFinite(stringify: () => unknown): boolean {
  try {
    stringify();
    return false;
  } catch (error) {
    return (error as { readonly code?: unknown }).code === "notFinite";
  }
}
