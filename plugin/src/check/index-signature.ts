// The rule of index signatures: one over 'string', with no property beside it.

/** The words of the diagnostic. @param property the first named property beside the index signature, if there is one */
export function explainIndex(
  isOverString: boolean,
  property: string | undefined,
): { readonly reason: string; readonly remedy: string } {
  if (isOverString && property !== undefined) {
    const reason = `beside named properties, such as '${property}'`;
    return { reason, remedy: "Move it into a property of its own, of type 'Readonly<Record<string, V>>'." };
  }
  const remedy = "Use 'Readonly<Record<string, V>>', or a ReadonlyMap, as a property of its own.";
  return { reason: "that is not over 'string' alone", remedy };
}
