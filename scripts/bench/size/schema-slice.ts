// The part of a schema that some of its types need, so that a peer's bundle for one type has no code for the others.

/** A declaration at the top of a .proto or .bop file; declarations within it are its own. */
interface Declaration {
  readonly name: string;
  readonly text: string;
}

const start = /^(?=(?:message|struct|enum|union) )/m;

/** `schema` with the types called `names`, what they refer to, and nothing else. */
export function schemaSlice(schema: string, names: readonly string[]): string {
  const [head = "", ...texts] = schema.split(start);
  const declarations = texts.map((text) => ({ name: text.split(" ", 2)[1] ?? "", text }));
  const needed = new Set(declarations.filter(({ name }) => names.includes(name)));
  // A set goes on to what is added while it is gone through.
  for (const one of needed) {
    for (const other of declarations) if (refersTo(one, other)) needed.add(other);
  }
  return (
    head +
    declarations
      .filter((one) => needed.has(one))
      .map(({ text }) => text)
      .join("")
  );
}

function refersTo(one: Declaration, other: Declaration): boolean {
  return new RegExp(`\\b${other.name}\\b`).test(one.text);
}
