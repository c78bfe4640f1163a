// Where a file's tagged types stand, for those who find fault with them after the analysis.
import type ts from "typescript";
import type { Span } from "../diagnostic/diagnostic.ts";
import { actorTagsOf } from "./actors/tags.ts";
import { fileNameOf } from "./compiler.ts";
import { tagsOf } from "./tags.ts";

/** The span of a tagged type's name; of the file's beginning for a name that is not tagged. */
export function taggedSpans(compiler: typeof ts, file: ts.SourceFile): (name: string | undefined) => Span {
  const types = tagsOf(compiler, file).tagged.map((node) => node.name);
  const classes = actorTagsOf(compiler, file).tagged.flatMap(({ node }) => node.name ?? []);
  return (name) => {
    const node = [...types, ...classes].find(({ text }) => text === name);
    const start = node ? node.getStart(file) : 0;
    return { file: fileNameOf(file), start, length: node ? node.getEnd() - start : 0 };
  };
}
