// The rule that a project with a wire.lock keeps it up to date.
import type { LockProblem } from "@hewn/schema";
import { entryOf, fill } from "../diagnostic/catalog.ts";
import type { Diagnostic, Span } from "../diagnostic/diagnostic.ts";

/**
 * @param spanOf where the file tags the type; without a name, or for one that the file no longer tags, a span that
 * stands for the whole file
 */
export function staleLock(
  problems: readonly LockProblem[],
  spanOf: (type: string | undefined) => Span,
): readonly Diagnostic[] {
  const { code, says, fix } = entryOf("stale-lock");
  return problems.map(({ type, key, message }) => {
    const path = type ?? key.slice(key.lastIndexOf("#") + 1);
    return {
      code,
      path,
      message: `'${path}' ${fill(says, { reason: message })}`,
      fix,
      span: spanOf(type),
      related: [],
    };
  });
}
