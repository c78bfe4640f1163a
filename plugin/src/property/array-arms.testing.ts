// Unions of tuples in every mixture of readonly and mutable, alone and beside objects that an array would be one of as
// well: where TypeScript narrows by Array.isArray to less than the arrays.
import type { RandomModule } from "./random-modules.testing.ts";
import type { Named, Shape } from "./shape.testing.ts";

const mutabilities = [
  [true, false],
  [false, true],
  [false, false],
] as const;

export function arrayArms(index: number): RandomModule {
  const named = (name: string, form: Named["form"], shape: Shape): Named => ({
    name,
    module: index,
    form,
    tagged: true,
    copied: true,
    shape,
  });
  const empty = named("Empty", "interface", { kind: "struct", fields: [] });
  const length: Shape = {
    kind: "struct",
    fields: [{ name: "length", optional: true, shape: { kind: "named number", name: "f64" } }],
  };
  const objects: readonly (readonly Shape[])[] = [[], [{ kind: "ref", to: empty }], [length]];
  const unions = objects.flatMap((more, place) =>
    mutabilities.map(([one, other]) => {
      const arms: Shape = { kind: "mixed", arms: [...tuples(one, other), ...more] };
      return named(`Arms${place}${one ? "M" : "R"}${other ? "M" : "R"}`, "alias", arms);
    }),
  );
  const fields = unions.map(({ name, shape }) => ({ name, optional: true, shape }));
  return {
    index,
    file: `module${index}`,
    declarations: [empty, ...unions, named("Inline", "interface", { kind: "struct", fields })],
  };
}

/** Of one element, and of two and more. */
function tuples(one: boolean, other: boolean): readonly Shape[] {
  const short = { kind: "tuple", elements: [{ kind: "date" }], required: 1 } as const;
  const elements = [{ kind: "named number", name: "i32" }, { kind: "bytes" }] as const;
  const long = { kind: "tuple", elements, required: 2, rest: { kind: "bytes" } } as const;
  return [
    { ...short, ...(one ? { mutable: true } : {}) },
    { ...long, ...(other ? { mutable: true } : {}) },
  ];
}
