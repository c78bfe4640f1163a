// Texts of others, short enough to be told, and such that they can be.

/** At most `max` UTF-16 units; what is cut ends in an ellipsis. */
export function cutText(text: string, max: number): string {
  const short = text.length > max ? `${text.slice(0, max - 1)}…` : text;
  // A lone surrogate, be it of the cut, has no UTF-8.
  return short.replace(/\p{Surrogate}/gu, "\ufffd");
}
