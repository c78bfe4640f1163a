// Types beyond the size that anybody writes by hand: wide, long, deep and many. They are the same in every campaign.
import type { RandomModule } from "../../plugin/src/property/random-modules.testing.ts";
import type { Constant, Named, Shape, ShapeField } from "../../plugin/src/property/shape.testing.ts";

const text: Shape = { kind: "string" };
const u8: Shape = { kind: "named number", name: "u8" };
const f64: Shape = { kind: "named number", name: "f64" };
const leaves: readonly Shape[] = [
  { kind: "boolean" },
  text,
  u8,
  f64,
  { kind: "named number", name: "i64" },
  { kind: "bytes" },
  { kind: "number" },
];

function leaf(index: number): Shape {
  return leaves[index % leaves.length] ?? text;
}

function field(name: string, shape: Shape, optional = false): ShapeField {
  return { name, shape, optional };
}

function fields(count: number, optionalFrom = count): ShapeField[] {
  return Array.from({ length: count }, (_, i) => field(`field${i}`, leaf(i), i >= optionalFrom));
}

function tags(count: number): Constant[] {
  return Array.from({ length: count }, (_, i) => (i % 3 === 2 ? i : `tag${i}`));
}

function nested(depth: number, wrap: (inner: Shape, level: number) => Shape, inner: Shape): Shape {
  return depth === 0 ? inner : wrap(nested(depth - 1, wrap, inner), depth);
}

class Module {
  readonly declarations: Named[] = [];
  readonly #index: number;

  constructor(index: number) {
    this.#index = index;
  }

  add(
    name: string,
    shape: Shape,
    form: Named["form"] = shape.kind === "struct" ? "interface" : "alias",
  ): Named {
    const named: Named = { name, module: this.#index, form, tagged: true, copied: false, shape };
    this.declarations.push(named);
    return named;
  }

  done(): RandomModule {
    return { index: this.#index, file: `giant${this.#index}`, declarations: this.declarations };
  }
}

function wide(index: number): RandomModule {
  const module = new Module(index);
  module.add("Wide", { kind: "struct", fields: fields(300) });
  const words = Array.from({ length: 20 }, (_, i) => field(`word${i}`, text));
  module.add("Words", { kind: "struct", fields: [...words, field("count", f64)] });
  module.add("Sparse", { kind: "struct", fields: fields(258, 2) });
  const undefinedFields = fields(40).map(({ name, shape }) => {
    return field(name, { kind: "maybe", type: shape, null: false, undefined: true });
  });
  module.add("Absent", { kind: "struct", fields: undefinedFields });
  module.add("Literals", { kind: "choice", values: tags(3000) });
  module.add("Numbers", { kind: "choice", values: tags(400) }, "enum");
  const variants = tags(300).map((tag, i) => ({ tag, position: 0, fields: fields(i % 4, 2) }));
  module.add("Variants", { kind: "union", discriminant: "kind", variants });
  module.add("Long", {
    kind: "tuple",
    elements: Array.from({ length: 1000 }, (_, i) => leaf(i)),
    required: 990,
  });
  return module.done();
}

function deep(index: number): RandomModule {
  const module = new Module(index);
  const arrays = nested(8, (element) => ({ kind: "array", element }), u8);
  module.add("Arrays", arrays);
  const structs = nested(
    30,
    (inner, level) => ({ kind: "struct", fields: [field(`level${level}`, inner)] }),
    text,
  );
  module.add("Structs", structs);
  const tuples = nested(60, (inner) => ({ kind: "tuple", elements: [inner], required: 1 }), text);
  module.add("Tuples", tuples);
  const boxes = nested(5, (element) => ({ kind: "box", element }), text);
  module.add("Boxes", boxes);
  const mixed = nested(10, mixedLevel, text);
  module.add("Mixed", mixed);
  const list: Named = module.add("List", { kind: "struct", fields: [] });
  list.shape = { kind: "struct", fields: [field("item", u8), field("next", ref(list), true)] };
  const tree: Named = module.add("Tree", { kind: "struct", fields: [] });
  tree.shape = { kind: "struct", fields: [field("children", { kind: "array", element: ref(tree) })] };
  const boxed: Named = module.add("Boxed", { kind: "struct", fields: [] });
  const box: Shape = {
    kind: "box",
    element: { kind: "maybe", type: ref(boxed), null: true, undefined: false },
  };
  boxed.shape = { kind: "struct", fields: [field("box", box)] };
  const maps: Shape = { kind: "array", element: { kind: "map", key: text, value: u8 } };
  module.add("Maps", maps);
  module.add("Times", { kind: "array", element: { kind: "date" } });
  module.add("Ids", { kind: "array", element: { kind: "mixed", arms: [text, { kind: "number" }] } });
  module.add("Floats", { kind: "array", element: f64 });
  module.add("Records", { kind: "array", element: { kind: "record", element: u8 } });
  module.add("Texts", { kind: "array", element: text });
  module.add("Big", { kind: "tuple", elements: [{ kind: "bigint" }], required: 1 });
  module.add("Sets", { kind: "array", element: { kind: "set", element: u8 } });
  module.add("BigSets", { kind: "array", element: { kind: "set", element: { kind: "bigint" } } });
  module.add("BytesList", { kind: "array", element: { kind: "bytes" } });
  module.add("Pairs", { kind: "array", element: { kind: "tuple", elements: [u8, u8], required: 0 } });
  const lone: Shape = { kind: "struct", fields: [field("a", u8, true), field("b", text, true)] };
  module.add("Lone", { kind: "array", element: lone });
  for (const count of [3, 5, 7, 40]) {
    const absent = Array.from({ length: count }, (_, i): ShapeField => {
      return field(`a${i}`, { kind: "maybe", type: u8, null: false, undefined: true });
    });
    module.add(`Absents${count}`, { kind: "array", element: { kind: "struct", fields: absent } });
  }
  module.add("Dates", { kind: "array", element: { kind: "date" } });
  module.add("Shorts", { kind: "array", element: { kind: "typed array", name: "Int16Array" } });
  module.add("SetsInMaps", { kind: "map", key: u8, value: { kind: "set", element: u8 } });
  module.add("Text", { kind: "tuple", elements: [text], required: 1 });
  return module.done();
}

function ref(to: Named): Shape {
  return { kind: "ref", to };
}

function mixedLevel(inner: Shape, level: number): Shape {
  switch (level % 5) {
    case 0:
      return { kind: "map", key: text, value: inner };
    case 1:
      return { kind: "tuple", elements: [inner, u8], required: 1 };
    case 2:
      return { kind: "record", element: inner };
    case 3:
      return {
        kind: "maybe",
        type: { kind: "struct", fields: [field("a", inner)] },
        null: true,
        undefined: false,
      };
    default:
      return { kind: "array", element: inner };
  }
}

/** 500 types that mention each other. */
function many(index: number): RandomModule {
  const module = new Module(index);
  for (let i = 0; i < 500; i++) {
    const before = module.declarations.at(-1 - (i % 7));
    const own = [...fields(1 + (i % 3)), ...(before ? [field("before", ref(before), true)] : [])];
    module.add(`Type${i}`, { kind: "struct", fields: own });
  }
  return module.done();
}

export function giantModules(): readonly RandomModule[] {
  return [wide, deep, many].map((make, index) => make(index));
}
