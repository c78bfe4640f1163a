// Moves tags to where they count, and removes those that say again what another says.
import type ts from "typescript";
import type { Span } from "../diagnostic/diagnostic.ts";
import { isEditable, lineBreakOf, type Mender, type Mending } from "./fix.ts";
import { nodeAt } from "./node-at.ts";
import { replacement, type TextEdit } from "./text-edit.ts";

type Taggable = ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.EnumDeclaration;

const tagPattern = /(?:^\/\*\*|^|\n)[ \t]*\**[ \t]*(@wire(?![\w-])[^\r\n]*?)[ \t]*(?=\*\/|[\r\n])/;

/** A comment with a tag: where it stands, and the tag with what follows it in its line. */
interface TagComment {
  readonly start: number;
  readonly end: number;
  readonly tag: string;
}

/** @param span the misplaced tag itself */
export function moveTagFix(mender: Mender, span: Span): Mending | undefined {
  const file = mender.program.getSourceFile(span.file);
  if (!file || !isEditable(mender, file)) return undefined;
  const from = commentAround(file.text, span.start);
  const target = from && targetOf(mender, file, from);
  if (!from || !target) return undefined;
  const comments = commentsBefore(mender.ts, file.text, target);
  const tagged = comments.find((each) => each.start !== from.start && each.tag !== undefined);
  const removal = withoutTag(span.file, file.text, from);
  if (tagged) return { title: "Remove the tag", edits: [removal] };
  const at = target.getStart(file);
  const edits = [removal, withTag(span.file, file.text, comments, at, from)];
  return { title: `Move the tag to '${target.name.text}'`, edits };
}

/** @param span the name of the type whose declaration has a tag too many */
export function removeTagFix(mender: Mender, span: Span): Mending | undefined {
  const file = mender.program.getSourceFile(span.file);
  const name = file && nodeAt(mender, span, mender.ts.isIdentifier);
  if (!file || !name || !isEditable(mender, file)) return undefined;
  const comments = commentsBefore(mender.ts, file.text, name.parent);
  const tagged = comments.findLast(({ tag }) => tag !== undefined);
  if (tagged?.tag === undefined) return undefined;
  const edit = withoutTag(span.file, file.text, { ...tagged, tag: tagged.tag });
  return { title: "Remove the second tag", edits: [edit] };
}

function commentAround(text: string, at: number): TagComment | undefined {
  const start = text.lastIndexOf("/**", at);
  const end = text.indexOf("*/", at) + 2;
  const isInside = start >= 0 && end === text.indexOf("*/", start + "/**".length - 1) + 2;
  const tag = !isInside || end < 2 ? undefined : tagPattern.exec(text.slice(start, end))?.[1];
  return tag === undefined ? undefined : { start, end, tag };
}

/** The type around the comment, or the one that only comments keep apart from it. */
function targetOf({ ts }: Mender, file: ts.SourceFile, { start, end }: TagComment): Taggable | undefined {
  for (const statement of file.statements) {
    if (!isTaggable(ts, statement)) continue;
    const isInside = statement.getStart(file) < start && end < statement.end;
    const isBefore = statement.pos <= start && end <= statement.getStart(file);
    if (isInside || isBefore) return statement;
  }
  return undefined;
}

function isTaggable(compiler: typeof ts, node: ts.Node): node is Taggable {
  return (
    compiler.isInterfaceDeclaration(node) ||
    compiler.isTypeAliasDeclaration(node) ||
    compiler.isEnumDeclaration(node)
  );
}

interface DocComment {
  readonly start: number;
  readonly end: number;
  readonly tag: string | undefined;
}

function commentsBefore(compiler: typeof ts, text: string, node: ts.Node): readonly DocComment[] {
  const ranges = compiler.getLeadingCommentRanges(text, node.pos) ?? [];
  return ranges
    .filter(({ pos }) => text.startsWith("/**", pos))
    .map(({ pos, end }) => ({ start: pos, end, tag: tagPattern.exec(text.slice(pos, end))?.[1] }));
}

/** The tag is taken out of its comment, with its line; a comment that says nothing else goes too. */
function withoutTag(file: string, text: string, { start, end, tag }: TagComment): TextEdit {
  const comment = text.slice(start, end);
  const at = comment.indexOf(tag, comment.search(tagPattern));
  const rest = comment.slice(0, at) + comment.slice(at + tag.length);
  if (!/[^\s*/]/.test(rest)) return wholeLine(file, text, start, end);
  const isOneLine = !/[\r\n]/.test(comment);
  if (isOneLine) return replacement(file, start, end, rest.replace(/[ \t]+/g, " "));
  return wholeLine(file, text, start + at, start + at + tag.length, "*");
}

/** A range with the blanks around it, and with its line where nothing else stands in it. */
function wholeLine(file: string, text: string, start: number, end: number, also = ""): TextEdit {
  const before = new RegExp(`[ \\t${also ? "*" : ""}]*$`).exec(text.slice(0, start))?.[0] ?? "";
  const from = start - before.length;
  const after = /^[ \t]*(\r\n|\n|\r)?/.exec(text.slice(end)) ?? [""];
  const isWhole = from === 0 || /[\r\n]/.test(text[from - 1] ?? "");
  if (isWhole && after[1] !== undefined) return replacement(file, from, end + after[0].length, "");
  const blanks = after[0].length - (after[1]?.length ?? 0);
  return replacement(file, start, end + blanks, "");
}

/** Into the last comment before the type, as a line of its own; or as a comment in a line of its own. */
function withTag(
  file: string,
  text: string,
  comments: readonly DocComment[],
  at: number,
  from: TagComment,
): TextEdit {
  const end = lineBreakOf(text);
  const indent = /[ \t]*$/.exec(text.slice(0, at))?.[0] ?? "";
  const doc = comments.findLast(({ start }) => start !== from.start);
  if (!doc) return { file, start: at, length: 0, text: `/** ${from.tag} */${end}${indent}`, rank: -1e9 };
  const body = text.slice(doc.start + "/**".length, doc.end - "*/".length);
  if (/[\r\n]/.test(body)) {
    const close = /[ \t]*$/.exec(text.slice(0, doc.end - "*/".length))?.[0] ?? "";
    const start = doc.end - "*/".length - close.length;
    return { file, start, length: 0, text: `${close}* ${from.tag}${end}`, rank: 0 };
  }
  const lines = ["/**", ` * ${body.trim()}`, ` * ${from.tag}`, " */"];
  return replacement(file, doc.start, doc.end, lines.join(`${end}${indent}`));
}
