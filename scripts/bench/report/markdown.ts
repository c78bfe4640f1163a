// Pieces of Markdown: tables, sections, what is folded away.

export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  /** Columns of words, which stand at the left. */
  wordColumns: readonly number[] = [0],
): string {
  const rule = header.map((_, column) => (wordColumns.includes(column) ? "---" : "---:"));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Parts with a blank line between them, without those that are empty. */
export function paragraphs(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}

export function folded(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

/** Shows a picture, or nothing where it could not be drawn for want of figures. */
export type Picture = (alt: string, name: string) => string;

export function pictureOf(drawn: ReadonlyMap<string, string>): Picture {
  return (alt, name) => (drawn.has(name) ? `![${alt}](benchmarks/${name}.svg)` : "");
}

/** One, two, or many: `1 row`, `2 rows`. */
export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}
