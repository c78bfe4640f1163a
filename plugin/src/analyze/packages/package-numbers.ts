// The numbers that a package's own wire.lock gives to its types. The lock names types by their sources, which the
// declarations of an installed package are not: what both paths have in common at their end tells which is which.
import { applyLock, type Declaration, type Lock, mapType, type Schema } from "@hewn/schema";

/**
 * A schema whose types have the numbers of the lock, once for each way in which the lock may mean the declarations.
 * @param directory the package's
 * @param id the type of the package that is asked about
 */
export function numberedBy(lock: Lock, directory: string, schema: Schema, id: string): readonly Schema[] {
  const origin = schema.declarations.get(id)?.origin;
  if (!origin) return [];
  const path = origin.file.slice(directory.length + 1).replace(/(?:\.d)?\.[mc]?tsx?$/, "");
  const keys = [...lock.types.keys()].filter((key) => key.endsWith(`#${origin.name}`));
  const moves = keys.flatMap((key) => moveOf(path, key.slice(0, key.lastIndexOf("#"))) ?? []);
  return moves.map(({ from, to }) => {
    const relocated = relocate(schema, (text) =>
      text.replaceAll(`${directory}/${from}`, `${home}/${to}`).replaceAll(`${directory}/`, `${home}/`),
    );
    const { schema: numbered } = applyLock(relocated, { path: `${home}/wire.lock`, lock });
    return restore(schema, numbered, directory);
  });
}

/** Where a package is to itself: in no node_modules. */
const home = "/package";

/** `dist/` to `src/`, for `dist/geo/point` and `src/geo/point`. */
function moveOf(
  declared: string,
  source: string,
): { readonly from: string; readonly to: string } | undefined {
  const [a, b] = [declared.split("/"), source.split("/")];
  let shared = 0;
  while (shared < Math.min(a.length, b.length) && a.at(-1 - shared) === b.at(-1 - shared)) shared++;
  const before = (parts: readonly string[]): string =>
    parts
      .slice(0, parts.length - shared)
      .map((part) => `${part}/`)
      .join("");
  return shared === 0 ? undefined : { from: before(a), to: before(b) };
}

function relocate(schema: Schema, moved: (text: string) => string): Schema {
  const declarations = [...schema.declarations.values()].map((each): Declaration => {
    const origin = { ...each.origin, file: moved(each.origin.file) };
    return { ...each, id: moved(each.id), origin, type: mapType(each.type, { reference: moved }) };
  });
  return { ...schema, roots: [], declarations: new Map(declarations.map((each) => [each.id, each])) };
}

/** The package's types as numbered, in the names of the schema; both have the same declarations in the same order. */
function restore(schema: Schema, numbered: Schema, directory: string): Schema {
  const [own, moved] = [[...schema.declarations.values()], [...numbered.declarations.values()]];
  if (own.length !== moved.length) return schema;
  const idOf = new Map(moved.map((each, index) => [each.id, own[index]?.id ?? each.id]));
  const declarations = own.map((each, index): Declaration => {
    if (!each.origin.file.startsWith(`${directory}/`)) return each;
    const type = mapType(moved[index]?.type ?? each.type, { reference: (id) => idOf.get(id) ?? id });
    return { ...each, type };
  });
  return { ...schema, declarations: new Map(declarations.map((each) => [each.id, each])) };
}
