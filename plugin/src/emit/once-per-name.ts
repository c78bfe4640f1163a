// Answers about named types. A name is met on many ways: on exponentially many, where types nest across files.
import type { CodecFile } from "./codec-file.ts";

/** `answer`, asked once for each name of a file. Only for names that do not lead back to themselves. */
export function oncePerName<Answer extends NonNullable<unknown>>(
  answer: (file: CodecFile, id: string) => Answer,
): (file: CodecFile, id: string) => Answer {
  const files = new WeakMap<CodecFile, Map<string, Answer>>();
  return (file, id) => {
    const known = files.get(file) ?? new Map<string, Answer>();
    files.set(file, known);
    const found = known.get(id) ?? answer(file, id);
    known.set(id, found);
    return found;
  };
}
