// Finds the `@actor` tags of a file in its comments, those that are almost one, and what tags say of methods.
import type ts from "typescript";

export type Slip = "comment" | "letters" | "line" | "word";

/** A tag that stands before nothing that can be an actor, or that is almost one. */
export interface StrayTag {
  readonly start: number;
  readonly length: number;
  /** What follows the comment. */
  readonly before: ts.Node | undefined;
  /** Of one that stands before a class: what is wrong with it. */
  readonly slip?: Slip;
}

export interface ActorTag {
  readonly node: ts.ClassDeclaration;
  /** What stands behind `@actor` in its line. */
  readonly words: string;
}

export interface ActorTags {
  readonly tagged: readonly ActorTag[];
  readonly stray: readonly StrayTag[];
}

/** One tag of a comment of documentation: `@deadline 5s`. */
export interface Tag {
  readonly name: string;
  readonly words: string;
  readonly start: number;
}

const nothing: ActorTags = { tagged: [], stray: [] };
const found = new WeakMap<ts.SourceFile, ActorTags>();

/** The cheap question: whether it is worth looking at the file at all. */
export function mayHaveActors(file: ts.SourceFile): boolean {
  return /@actor/i.test(file.text);
}

export function actorTagsOf(compiler: typeof ts, file: ts.SourceFile): ActorTags {
  let tags = found.get(file);
  if (!tags) {
    tags = mayHaveActors(file) ? findTags(compiler, file) : nothing;
    found.set(file, tags);
  }
  return tags;
}

/** The tag of a class that is an actor. */
export function actorTagOf(compiler: typeof ts, node: ts.Node): ActorTag | undefined {
  return actorTagsOf(compiler, node.getSourceFile()).tagged.find((tag) => tag.node === node);
}

/** A tag begins a line of its comment. */
const linePattern = /(?:^\/\*\*|\n)[ \t]*\**[ \t]*@([A-Za-z]\w*)(?![\w-])((?:(?!\*\/|\s@)[^\n\r])*)/g;
/** What somebody may have meant: other letters, a plural, no comment of documentation, not at the beginning of a line. */
const nearPattern = /@(actors?)(?![\w-])/gi;

/** The tags of the comment of documentation directly before a node. */
export function docTagsOf(compiler: typeof ts, node: ts.Node): readonly Tag[] {
  const file = node.getSourceFile();
  const block = commentsBefore(compiler, file.text, node.pos)
    .filter(({ pos }) => file.text.startsWith("/**", pos))
    .at(-1);
  return block ? tagsIn(file.text, block) : [];
}

function tagsIn(text: string, { pos, end }: ts.CommentRange): readonly Tag[] {
  return [...text.slice(pos, end).matchAll(linePattern)].map((match) => {
    const [whole, name = "", words = ""] = match;
    const start = pos + match.index + whole.indexOf(`@${name}`);
    return { name, words: words.trim().replace(/\s+/g, " "), start };
  });
}

function findTags(compiler: typeof ts, file: ts.SourceFile): ActorTags {
  const tagged: ActorTag[] = [];
  const stray: StrayTag[] = [];
  const seen = new Set<number>();
  const places = Array.from(file.text.matchAll(/@actor/gi), ({ index }) => index);
  const isIn = (from: number, to: number): boolean => places.some((place) => place >= from && place < to);

  const lookBefore = (node: ts.Node): void => {
    const start = node.getStart(file);
    if (!isIn(node.pos, start)) return;
    const comments = commentsBefore(compiler, file.text, node.pos).filter(({ pos }) => !seen.has(pos));
    for (const comment of comments) {
      seen.add(comment.pos);
      const isLast = comment === comments.at(-1);
      const tag = tagsIn(file.text, comment).find(({ name }) => name === "actor");
      const isDoc = file.text.startsWith("/**", comment.pos);
      if (tag && isDoc && isLast && compiler.isClassDeclaration(node)) {
        tagged.push({ node, words: tag.words });
      } else if (tag && isDoc) {
        stray.push({ start: tag.start, length: "@actor".length, before: isLast ? node : undefined });
      } else if (isLast && compiler.isClassLike(node)) {
        const near = nearTagIn(file.text, comment);
        if (near) stray.push({ ...near, before: node });
      }
    }
  };

  const visit = (node: ts.Node): void => {
    if (node.kind === compiler.SyntaxKind.JsxText || !isIn(node.pos, node.end)) return;
    if (node !== file) lookBefore(node);
    compiler.forEachChild(node, visit);
  };
  visit(file);
  if (isIn(file.endOfFileToken.pos, file.endOfFileToken.end)) lookBefore(file.endOfFileToken);
  return { tagged, stray };
}

/** Directly before a class it was meant, unless it is spoken of: in backticks or in the middle of a sentence. */
function nearTagIn(text: string, { pos, end }: ts.CommentRange): Omit<StrayTag, "before"> | undefined {
  const comment = text.slice(pos, end);
  for (const match of comment.matchAll(nearPattern)) {
    const [whole, word = ""] = match;
    const before = comment.slice(0, match.index);
    const after = comment.slice(match.index + whole.length);
    const beginsLine = /(?:^\/\*+|^\/\/+|\n)[ \t]*\**[ \t]*$/.test(before);
    const endsComment = /^[ \t]*(?:local)?[\s*]*(?:\*\/)?$/.test(after);
    if (!beginsLine && (!endsComment || /[`"']$/.test(before))) continue;
    const place = { start: pos + match.index, length: whole.length };
    if (!comment.startsWith("/**")) return { ...place, slip: "comment" };
    if (/s$/i.test(word)) return { ...place, slip: "word" };
    return { ...place, slip: beginsLine ? "letters" : "line" };
  }
  return undefined;
}

function commentsBefore(compiler: typeof ts, text: string, pos: number): readonly ts.CommentRange[] {
  const sameLine = pos === 0 ? [] : (compiler.getTrailingCommentRanges(text, pos) ?? []);
  return [...sameLine, ...(compiler.getLeadingCommentRanges(text, pos) ?? [])];
}
