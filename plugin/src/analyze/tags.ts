// Finds the `@wire` tags of a file in its comments. The compiler does not parse JSDoc in TypeScript files, and a
// host may have parsed the file in either way, so the comments are read from the text.
import type ts from "typescript";
import { readTagWords, type TagFault, type TagMeaning } from "../check/tag-words.ts";
import { nearTagOf, type Slip } from "./near-tag.ts";

export type TaggedNode = ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.EnumDeclaration;

/** A tag that stands before nothing that can be tagged, or that is almost one. */
export interface MisplacedTag {
  readonly start: number;
  readonly length: number;
  /** What follows the comment, if it is a declaration. */
  readonly before: ts.Node | undefined;
  /** Of one that stands before a type: what is wrong with it. */
  readonly slip?: Slip;
}

export interface Tags {
  readonly tagged: readonly TaggedNode[];
  /** What stands behind `@wire` in its line, by the declaration that it tags. */
  readonly words: ReadonlyMap<TaggedNode, string>;
  readonly misplaced: readonly MisplacedTag[];
}

const nothing: Tags = { tagged: [], words: new Map(), misplaced: [] };
const found = new WeakMap<ts.SourceFile, Tags>();

/** The cheap question: whether it is worth looking at the file at all. Tags in capitals are looked for too. */
export function mayBeTagged(file: ts.SourceFile): boolean {
  return /@wire/i.test(file.text);
}

export function tagsOf(compiler: typeof ts, file: ts.SourceFile): Tags {
  let tags = found.get(file);
  if (!tags) {
    tags = mayBeTagged(file) ? findTags(compiler, file) : nothing;
    found.set(file, tags);
  }
  return tags;
}

/** What a tag asks for; undefined where its words mean nothing. */
export function tagMeaningOf(compiler: typeof ts, node: TaggedNode): TagMeaning | undefined {
  const read = readTagWords(tagWordsOf(compiler, node));
  return "mode" in read ? read : undefined;
}

/** What is wrong with the words of a tag, if anything. */
export function tagFaultOf(compiler: typeof ts, node: TaggedNode): TagFault | undefined {
  const read = readTagWords(tagWordsOf(compiler, node));
  return "mode" in read ? undefined : read;
}

/** What stands behind the `@wire` of a declaration; empty too for one that has no tag. */
export function tagWordsOf(compiler: typeof ts, node: TaggedNode): string {
  return tagsOf(compiler, node.getSourceFile()).words.get(node) ?? "";
}

/**
 * `@wire` as the first word of a line of the comment, and what follows it up to the end of the line or another tag; in
 * the middle of a sentence it is only spoken of.
 */
const tagPattern = /(?:^\/\*\*|^|\n)[ \t]*\**[ \t]*@wire(?![\w-])((?:(?!\*\/|\s@)[^\n\r])*)/g;

function findTags(compiler: typeof ts, file: ts.SourceFile): Tags {
  const tagged: TaggedNode[] = [];
  const words = new Map<TaggedNode, string>();
  const misplaced: MisplacedTag[] = [];
  const seen = new Set<number>();
  const isIn = mentionsOf(file.text);

  const look = (comments: readonly ts.CommentRange[], node: ts.Node | undefined): void => {
    const blocks = comments.filter((range) => file.text.startsWith("/**", range.pos) && !seen.has(range.pos));
    for (const block of blocks) {
      seen.add(block.pos);
      const [match, ...more] = file.text.slice(block.pos, block.end).matchAll(tagPattern);
      if (!match) continue;
      const isLast = block === blocks.at(-1);
      if (isLast && node && isTaggable(compiler, node)) {
        tagged.push(node);
        words.set(node, wordsOf([match, ...more]));
      } else {
        const start = block.pos + match.index + match[0].indexOf("@wire");
        misplaced.push({ start, length: "@wire".length, before: isLast ? node : undefined });
      }
    }
  };

  const lookBefore = (node: ts.Node): void => {
    const comments = commentsBefore(compiler, file.text, node.pos);
    const known = misplaced.length;
    look(comments, node);
    if (!isTaggable(compiler, node) || words.has(node) || misplaced.length > known) return;
    const near = nearTagOf(file.text, comments, node.getStart(file));
    if (near) misplaced.push({ ...near, length: "@wire".length, before: node });
  };

  /** Comments before tokens that are no nodes, such as a closing brace. */
  const scan = (from: number, to: number): void => {
    const text = file.text.slice(0, to);
    if (!isIn(from, to)) return;
    const scanner = compiler.createScanner(compiler.ScriptTarget.Latest, false, file.languageVariant, text);
    scanner.resetTokenState(from);
    for (let kind = scanner.scan(); kind !== compiler.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
      if (kind !== compiler.SyntaxKind.MultiLineCommentTrivia) continue;
      look([{ kind, pos: scanner.getTokenStart(), end: scanner.getTokenEnd() }], undefined);
    }
  };

  const visit = (node: ts.Node): void => {
    if (node.kind === compiler.SyntaxKind.JsxText) return;
    if (!isIn(node.pos, node.end)) return;
    // The compiler counts comments on the line of the token before as that token's; they stand before this node too.
    if (node !== file) lookBefore(node);
    let gap = node.getStart(file);
    let isLeaf = true;
    compiler.forEachChild(node, (child) => {
      if (child.pos > gap) scan(gap, child.pos);
      visit(child);
      isLeaf = false;
      gap = Math.max(gap, child.end);
    });
    if (!isLeaf || compiler.isBlock(node)) scan(gap, node.end);
  };

  visit(file);
  return { tagged, words, misplaced };
}

/** Whether `@wire` in any letters occurs between two places of a text. */
function mentionsOf(text: string): (from: number, to: number) => boolean {
  const places = Array.from(text.matchAll(/@wire/gi), ({ index }) => index);
  return (from, to) => {
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[middle] ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    return (places[low] ?? to) < to;
  };
}

/** The same tag twice says no more than once; two different ones contradict each other. */
function wordsOf(matches: readonly RegExpExecArray[]): string {
  const words = matches.map(([, text = ""]) => text.trim().replace(/\s+/g, " "));
  return [...new Set(words)].join(" @wire ").trim();
}

function commentsBefore(compiler: typeof ts, text: string, pos: number): readonly ts.CommentRange[] {
  const sameLine = pos === 0 ? [] : (compiler.getTrailingCommentRanges(text, pos) ?? []);
  return [...sameLine, ...(compiler.getLeadingCommentRanges(text, pos) ?? [])];
}

function isTaggable(compiler: typeof ts, node: ts.Node): node is TaggedNode {
  return (
    compiler.isInterfaceDeclaration(node) ||
    compiler.isTypeAliasDeclaration(node) ||
    compiler.isEnumDeclaration(node)
  );
}
