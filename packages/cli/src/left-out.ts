// Types that got no codec although nothing is wrong with them: something they need does not resolve. The project's
// compiler will say what; until somebody runs it, silence would look like success.
import type { CommonOptions, Context } from "./context.ts";
import type { Solution } from "./solution.ts";
import { list } from "./wording.ts";

export function sayLeftOut(solution: Solution, options: CommonOptions, { terminal, shown }: Context): void {
  if (options.quiet || solution.diagnostics.length > 0) return;
  for (const [source, { schema }] of solution.generated)
    if (schema.refused.length > 0)
      terminal.err(
        `hewn: ${shown(source)}: no codec for ${list(schema.refused)}: a type there does not resolve; tsc says which`,
      );
}
