// What to write instead of a mutable container.

export type MutableContainer = "array" | "tuple" | "map" | "set" | "record";

const general: Readonly<Record<MutableContainer, string>> = {
  array: "'readonly T[]' or 'ReadonlyArray<T>'",
  tuple: "'readonly' before it",
  map: "'ReadonlyMap<K, V>'",
  set: "'ReadonlySet<T>'",
  record: "'readonly' before the index signature, or 'Readonly<Record<string, V>>'",
};

/** @param text the type as TypeScript, which ends with an ellipsis where it was cut @returns words that follow "Write" */
export function readonlyForm(container: MutableContainer, text: string): string {
  if (text.endsWith("…")) return general[container];
  switch (container) {
    case "array":
    case "tuple":
      return `'readonly ${text}'`;
    case "map":
    case "set":
      return `'Readonly${text}'`;
    case "record": {
      const value = /^\{ \[\w+: string\]: (.*); \}$/.exec(text)?.[1];
      return value === undefined ? general.record : `'Readonly<Record<string, ${value}>>'`;
    }
  }
}
