// Long texts cut to what a line has room for.

/** Longest text that is shown in full, in UTF-16 units. */
const textMax = 60;

export function shortened(text: string): string {
  return text.length > textMax ? `${text.slice(0, textMax)}…` : text;
}
