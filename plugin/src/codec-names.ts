// The names that the codec of a type exports: one list, by which they are emitted and their collisions found.

/** What users call. */
const entryPoints = ["encode", "decode", "stringify", "parse", "is", "explain", "clone"];
/** What other codec files call. */
const parts = ["write", "read", "try", "json", "fromJson", "attempt", "mismatch", "copy"];

export function codecNames(type: string): readonly string[] {
  const more = [`encode${type}Into`, `stringify${type}ToBytes`, `parse${type}FromBytes`, `${type}Codec`];
  return [...[...entryPoints, ...parts].map((prefix) => prefix + type), ...more];
}

/** The name of what a codec file exports for a class tagged `@actor`. */
export function actorName(name: string): string {
  return `${name}Actor`;
}
