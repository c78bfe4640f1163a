// Tags that are almost right: in a comment that is none of documentation, in other letters, or behind a sentence.
// They stand directly before a type, so they were meant; what only speaks of the tag is left alone.
import type ts from "typescript";

/** What is wrong: the kind of comment, capital letters, or that the tag does not begin its line. */
export type Slip = "comment" | "letters" | "line";

export interface NearTag {
  readonly slip: Slip;
  readonly start: number;
}

/** `@wire` in any letters at the beginning of a line, and what follows there. */
const lineStart = /(?:^\/\*+|^\/\/+|^|\n)[ \t]*\**[ \t]*(@wire)(?![\w-])((?:(?!\*\/)[^\n\r])*)/gi;
/** Nothing but the tag and others: a sentence goes on where a line of a comment happens to begin with the tag. */
const bare = /^(?:[ \t]+(?:copy|binary|json))*[ \t]*(?:@.*)?$/i;
const lastWords = /[^\s*{`"'][ \t]+(@wire(?:[ \t]+(?:copy|binary|json))*)[\s*]*\*\/$/i;
/** Between a comment and what it stands directly before. */
const noBlankLine = /^[ \t]*(?:\r\n|\n|\r)?[ \t]*$/;

/** @param comments those before a type declaration that begins at `to`, none of them with a tag */
export function nearTagOf(
  text: string,
  comments: readonly ts.CommentRange[],
  to: number,
): NearTag | undefined {
  let next = to;
  let isDirect = true;
  for (const { pos, end } of comments.toReversed()) {
    isDirect &&= noBlankLine.test(text.slice(end, next));
    const near = text.startsWith("/**", pos) ? nearInDoc(text, pos, end) : nearInOther(text, pos, end);
    if (near && (isDirect || near.slip !== "comment")) return near;
    next = pos;
  }
  return undefined;
}

function nearInDoc(text: string, pos: number, end: number): NearTag | undefined {
  const comment = text.slice(pos, end);
  const [first] = comment.matchAll(lineStart);
  if (first) return { slip: "letters", start: pos + first.index + first[0].indexOf("@") };
  const last = lastWords.exec(comment);
  return last ? { slip: "line", start: pos + last.index + last[0].indexOf("@") } : undefined;
}

/** Behind `//` no star is skipped: that would be a comment of documentation that somebody took out. */
function nearInOther(text: string, pos: number, end: number): NearTag | undefined {
  const comment = text.slice(pos, end);
  const isLine = comment.startsWith("//");
  if (isLine && !(/^\/\/+[ \t]*@/.test(comment) && isBlank(lineBefore(text, pos)))) return undefined;
  const isContinued = isLine && /^[ \t]*\/\//.test(lineAbove(text, pos));
  for (const match of comment.matchAll(lineStart)) {
    const isFirst = match.index === 0 && !isContinued;
    if (isFirst || bare.test(match[2] ?? ""))
      return { slip: "comment", start: pos + match.index + match[0].indexOf("@") };
  }
  return undefined;
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}

/** What stands before a place in its line. */
function lineBefore(text: string, pos: number): string {
  return pos === 0 ? "" : text.slice(text.lastIndexOf("\n", pos - 1) + 1, pos);
}

function lineAbove(text: string, pos: number): string {
  const start = pos - lineBefore(text, pos).length;
  return start === 0 ? "" : lineBefore(text, start - 1);
}
