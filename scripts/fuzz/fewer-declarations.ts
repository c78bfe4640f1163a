// Random modules without some of their declarations: what shrinking tries.
import type { RandomModule } from "../../plugin/src/property/random-modules.testing.ts";
import type { Named } from "../../plugin/src/property/shape.testing.ts";

/** The modules without these declarations, without those that refer to them, and without modules left empty. */
export function withoutDeclarations(
  modules: readonly RandomModule[],
  dropped: ReadonlySet<Named>,
): readonly RandomModule[] {
  const gone = new Set(dropped);
  const all = modules.flatMap(({ declarations }) => declarations);
  // A declaration refers to itself and to ones before it.
  for (const named of all) {
    if (referredTo(named.shape).some((other) => gone.has(other))) gone.add(named);
  }
  return modules
    .map((module) => ({ ...module, declarations: module.declarations.filter((named) => !gone.has(named)) }))
    .filter(({ declarations }) => declarations.length > 0);
}

/** The declarations that the text of a shape names. */
function referredTo(part: unknown): readonly Named[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) =>
    key === "to" || key === "base" ? [value as Named] : referredTo(value),
  );
}
