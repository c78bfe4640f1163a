// How many columns of a terminal a text takes, and texts cut to so many.

/** Combining marks and joiners take none; East Asian wide characters and emoji two. */
const none = /^(?:\p{Mn}|\p{Me}|\u200b|\u200c|\u200d)$/u;
const two =
  /^[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]$/u;

function widthOfCharacter(character: string): number {
  if (character < "\u0300") return 1;
  return none.test(character) ? 0 : two.test(character) ? 2 : 1;
}

export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += widthOfCharacter(character);
  return width;
}

/** At most `columns` wide; what is cut ends in an ellipsis. */
export function cutTo(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let kept = "";
  let width = 1;
  for (const character of text) {
    width += widthOfCharacter(character);
    if (width > columns) break;
    kept += character;
  }
  return columns <= 0 ? "" : `${kept}…`;
}
