// Every hostile name in every place where a name can stand, once and always the same: as type of each form, property,
// optional property, discriminant, tag, literal, enum member and file.
import { nameCollisions } from "../check/name-collision.ts";
import type { RandomModule } from "./random-modules.testing.ts";
import type { Constant, Named, Shape, ShapeField } from "./shape.testing.ts";
import { hostileWords } from "./words.testing.ts";

const number: Shape = { kind: "named number", name: "i32" };
const { types, properties, literals, members, files } = hostileWords;

type Declared = Omit<Named, "module" | "tagged" | "copied">;

function moduleOf(index: number, file: string, declared: readonly Declared[]): RandomModule {
  return {
    index,
    file,
    declarations: declared.map((each) => ({ ...each, module: index, tagged: true, copied: false })),
  };
}

function field(name: string, optional: boolean): ShapeField {
  return { name, optional, shape: number };
}

function struct(names: readonly string[], optional: boolean): Shape {
  return { kind: "struct", fields: names.map((name) => field(name, optional)) };
}

function choice(values: readonly Constant[]): Shape {
  return { kind: "choice", values };
}

/** All type names of one form, those left out that would need the same function as one before them. */
function typesOf(form: Named["form"]): readonly Declared[] {
  const refused = new Set(nameCollisions(types).map(({ name }) => name));
  const shapeOf = { interface: struct(["a"], false), alias: choice(["a", 1]), enum: choice(["a", "b"]) };
  return types.filter((name) => !refused.has(name)).map((name) => ({ name, form, shape: shapeOf[form] }));
}

function unionOf(discriminant: string, tags: readonly Constant[]): Shape {
  const variants = tags.map((tag, index) => {
    const fields = discriminant === "a" ? [] : [field("a", index % 2 === 0)];
    return { tag, position: index % 2, fields: index % 3 === 2 ? [] : fields };
  });
  return { kind: "union", discriminant, variants };
}

/** The properties of other objects: one in each interface, so that each is also the only one and the first. */
function single(): readonly Declared[] {
  return properties.map((name, index) => ({
    name: `Single${index}`,
    form: "interface",
    shape: struct([name], index % 2 === 0),
  }));
}

function unions(): readonly Declared[] {
  const named = properties.map(
    (name, index): Declared => ({ name: `By${index}`, form: "alias", shape: unionOf(name, ["a", "b", 3]) }),
  );
  return [{ name: "AllTags", form: "alias", shape: unionOf("kind", literals) }, ...named];
}

/** Modules with hostile file names, each importing a type of the one before. */
function imports(from: number): readonly RandomModule[] {
  const modules: RandomModule[] = [];
  for (const file of files) {
    const before = modules.at(-1)?.declarations[0];
    const fields = [
      field("a", false),
      ...(before ? [{ name: "b", optional: true, shape: ref(before) }] : []),
    ];
    modules.push(
      moduleOf(from + modules.length, file, [
        { name: "Imported", form: "interface", shape: { kind: "struct", fields } },
      ]),
    );
  }
  return modules;
}

function ref(to: Named): Shape {
  return { kind: "ref", to };
}

export function hostileModules(): readonly RandomModule[] {
  const together: readonly Declared[] = [
    { name: "Required", form: "interface", shape: struct(properties, false) },
    { name: "Optional", form: "interface", shape: struct(properties, true) },
    { name: "Literals", form: "alias", shape: choice(literals) },
    { name: "Members", form: "enum", members, shape: choice(members.map((_, index) => index)) },
    { name: "Texts", form: "enum", members, shape: choice(members.map((member) => `${member}!`)) },
  ];
  const parts = [typesOf("interface"), typesOf("alias"), typesOf("enum"), together, single(), unions()];
  const modules = parts.map((declared, index) => moduleOf(index, `hostile${index}`, declared));
  return [...modules, ...imports(modules.length)];
}
