// Makes a tag of what is almost one, one slip at a time: what comes out may have another, and is mended in turn.
import type { Span } from "../diagnostic/diagnostic.ts";
import { isEditable, lineBreakOf, type Mender, type Mending } from "./fix.ts";
import { replacement, type TextEdit } from "./text-edit.ts";

/** @param span the `@wire` that is almost a tag */
export function nearTagFix(mender: Mender, { file: name, start, length }: Span): Mending | undefined {
  const file = mender.program.getSourceFile(name);
  if (!file || !isEditable(mender, file)) return undefined;
  const { text } = file;
  if (text.slice(start, start + length) !== "@wire")
    return { title: "Write '@wire'", edits: [replacement(name, start, start + length, "@wire")] };
  const before = text.slice(0, start);
  const edit = lineCommentEdit(name, text, before) ?? blockCommentEdit(name, text, before);
  return edit && { title: "Write '/** @wire */'", edits: [edit] };
}

function lineCommentEdit(file: string, text: string, before: string): TextEdit | undefined {
  const slashes = /(?:^|[\n\r])[ \t]*(\/\/+[ \t]*)$/.exec(before)?.[1];
  const [said = ""] = /^[^\n\r]*/.exec(text.slice(before.length)) ?? [];
  if (slashes === undefined || said.includes("*/")) return undefined;
  const start = before.length - slashes.length;
  return replacement(file, start, before.length + said.length, `/** ${said.trim()} */`);
}

function blockCommentEdit(file: string, text: string, before: string): TextEdit | undefined {
  const start = before.lastIndexOf("/*");
  if (start < 0 || before.includes("*/", start + 2)) return undefined;
  if (text[start + 2] !== "*") return { file, start: start + 2, length: 0, text: "*", rank: 0 };
  // At the beginning of a line it is a tag, and stands before the wrong thing.
  if (/(?:\/\*|[\n\r])[ \t]*\**[ \t]*$/.test(before)) return undefined;
  return ownLineEdit(file, text, start, before.length);
}

/** Moves the last words of a comment to a line of their own. */
function ownLineEdit(file: string, text: string, start: number, at: number): TextEdit | undefined {
  const end = text.indexOf("*/", at) + "*/".length;
  const tag = text.slice(at, end - "*/".length).replace(/[\s*]+$/, "");
  if (end < "*/".length || /[\n\r]/.test(tag)) return undefined;
  const lineEnd = lineBreakOf(text);
  const indent = /[ \t]*$/.exec(text.slice(0, start))?.[0] ?? "";
  const above = text.slice(start + "/**".length, at).trim();
  const isOneLine = !/[\n\r]/.test(text.slice(start, end));
  if (isOneLine)
    return replacement(file, start, end, ["/**", ` * ${above}`, ` * ${tag}`, " */"].join(lineEnd + indent));
  const from = at - (/[ \t]*$/.exec(text.slice(0, at))?.[0].length ?? 0);
  return replacement(file, from, at + tag.length, `${lineEnd}${indent} * ${tag}`);
}
