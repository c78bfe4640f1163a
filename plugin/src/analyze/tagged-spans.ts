// Where a file's tagged types stand, for those who find fault with them after the analysis.
import type ts from "typescript";
import type { Span } from "../diagnostic/diagnostic.ts";
import { fileNameOf } from "./compiler.ts";
import { tagsOf } from "./tags.ts";

/** The span of a tagged type's name; of the file's beginning for a name that is not tagged. */
export function taggedSpans(compiler: typeof ts, file: ts.SourceFile): (name: string | undefined) => Span {
  const { tagged } = tagsOf(compiler, file);
  return (name) => {
    const node = tagged.find((each) => each.name.text === name);
    const start = node ? node.name.getStart(file) : 0;
    return { file: fileNameOf(file), start, length: node ? node.name.getEnd() - start : 0 };
  };
}
