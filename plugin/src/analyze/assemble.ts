// The schema of one file: the declarations that its sound roots reach, local names made unique.
import type { Declaration, Schema } from "@hewn/schema";
import type { Entity } from "./entity.ts";
import { refsOf } from "./refs.ts";
import type { Walk } from "./walk.ts";

export function assemble(
  file: string,
  sound: readonly Entity[],
  refused: readonly string[],
  { entities, locals }: Pick<Walk, "entities" | "locals">,
  { actors = [], refusedActors = [] }: Pick<Schema, "actors" | "refusedActors"> = {},
): Schema {
  const declarations = new Map<string, Declaration>();
  const protocols = actors.flatMap(({ id, local }) => (local ? [] : [id]));
  const queue = [...sound.map(({ id }) => id), ...protocols];
  for (const id of queue) {
    if (declarations.has(id)) continue;
    const entity = entities.get(id);
    const declaration = entity ? declarationOf(entity) : locals.get(id);
    if (!declaration) throw new Error(`the type ${id} was referred to but never lowered`);
    declarations.set(id, declaration);
    queue.push(...refsOf(declaration.type));
  }
  const schema = { file, roots: sound.map(({ id }) => id), refused };
  const named = withUniqueNames(declarations);
  return {
    ...schema,
    ...(actors.length > 0 ? { actors } : {}),
    ...(refusedActors.length > 0 ? { refusedActors } : {}),
    declarations: named,
  };
}

function declarationOf({ id, name, scope, origin, formats, lowered }: Entity): Declaration {
  if (!lowered) throw new Error(`the type ${id} was refused but is part of a schema`);
  const format = formats === "binary" || formats === "json" ? { format: formats } : undefined;
  return { id, name, scope, origin, ...format, type: lowered };
}

function withUniqueNames(declarations: ReadonlyMap<string, Declaration>): ReadonlyMap<string, Declaration> {
  const taken = new Set(
    [...declarations.values()].flatMap(({ scope, name }) => (scope === "local" ? [] : [name])),
  );
  const numbers = new Map<string, number>();
  const unique = new Map<string, Declaration>();
  for (const [id, declaration] of declarations) {
    if (declaration.scope !== "local") unique.set(id, declaration);
    else {
      let name = declaration.name;
      let number = numbers.get(name) ?? 2;
      for (; taken.has(name); number++) name = `${declaration.name}_${number}`;
      numbers.set(declaration.name, number);
      taken.add(name);
      unique.set(id, { ...declaration, name });
    }
  }
  return unique;
}
