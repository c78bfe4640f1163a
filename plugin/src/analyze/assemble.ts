// The schema of one file: the declarations that its sound roots reach, local names made unique.
import type { Declaration, Schema, Type } from "@hewn/schema";
import type { Entity } from "./entity.ts";

export function assemble(
  file: string,
  sound: readonly Entity[],
  refused: readonly string[],
  entities: ReadonlyMap<string, Entity>,
): Schema {
  const declarations = new Map<string, Declaration>();
  const locals = new Map<string, Declaration>();
  const queue = sound.map(({ id }) => id);
  for (const id of queue) {
    if (declarations.has(id)) continue;
    const entity = entities.get(id);
    for (const local of entity?.locals ?? []) locals.set(local.id, local);
    const declaration = entity ? declarationOf(entity) : locals.get(id);
    if (!declaration) throw new Error(`the type ${id} was referred to but never lowered`);
    declarations.set(id, declaration);
    queue.push(...refsOf(declaration.type));
  }
  return { file, roots: sound.map(({ id }) => id), refused, declarations: withUniqueNames(declarations) };
}

function declarationOf({ id, name, scope, origin, lowered }: Entity): Declaration {
  if (!lowered) throw new Error(`the type ${id} was refused but is part of a schema`);
  return { id, name, scope, origin, type: lowered };
}

function withUniqueNames(declarations: ReadonlyMap<string, Declaration>): ReadonlyMap<string, Declaration> {
  const taken = new Set(
    [...declarations.values()].flatMap(({ scope, name }) => (scope === "local" ? [] : [name])),
  );
  const unique = new Map<string, Declaration>();
  for (const [id, declaration] of declarations) {
    if (declaration.scope !== "local") unique.set(id, declaration);
    else {
      let name = declaration.name;
      for (let number = 2; taken.has(name); number++) name = `${declaration.name}_${number}`;
      taken.add(name);
      unique.set(id, { ...declaration, name });
    }
  }
  return unique;
}

/** The ids of all references in a type, in the order in which they stand. */
export function refsOf(type: Type): readonly string[] {
  switch (type.kind) {
    case "ref":
      return [type.id];
    case "array":
    case "set":
      return refsOf(type.element);
    case "map":
      return [...refsOf(type.key), ...refsOf(type.value)];
    case "record":
      return refsOf(type.value);
    case "maybe":
      return refsOf(type.type);
    case "tuple":
      return type.elements.flatMap(refsOf);
    case "struct":
      return type.fields.flatMap((field) => refsOf(field.type));
    case "union":
      return type.variants.flatMap(({ struct }) => refsOf(struct));
    case "boolean":
    case "null":
    case "string":
    case "bytes":
    case "integer":
    case "float":
    case "bigint":
    case "choice":
      return [];
  }
}
