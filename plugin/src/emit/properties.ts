// How emitted code reads the properties of a value it was given.
import type { Field, Struct } from "@hewn/schema";
import type { CodecFile } from "./codec-file.ts";
import { isInherited, isPlainInPaths, property, quote } from "./literal.ts";
import { localName, Names } from "./names.ts";

/** One property, by name; names that every object inherits count only where the value itself has them. */
export function propertyOf(file: CodecFile, base: string, name: string): string {
  return isInherited(name) ? `${file.code.use("own")}(${base}, ${quote(name)})` : property(base, name);
}

/**
 * Whether the compiler knows a union's variant from a look at this property by {@link propertyOf}: not from the call
 * that reads an inherited name, and not from a property whose name is empty.
 */
export function canNarrow(discriminant: string): boolean {
  return discriminant !== "" && !isInherited(discriminant);
}

/** Names for the local variables of one function, none of which shadows a name of the file. */
export function localsOf(
  file: CodecFile,
  fields: readonly Field[],
  taken: readonly string[],
): Map<Field, string> {
  const scope = new Names(taken);
  const locals = new Map<Field, string>();
  for (const field of fields)
    locals.set(
      field,
      localName(field.name, scope, (name) => file.code.isTaken(name)),
    );
  return locals;
}

/**
 * Reads the properties that are looked at more than once into constants.
 * @returns the expression for each field
 */
export function hoistProperties(
  file: CodecFile,
  struct: Struct,
  taken: readonly string[],
): Map<Field, string> {
  const isHoisted = (field: Field) => field.type.kind === "maybe" || isInherited(field.name);
  const locals = localsOf(file, struct.fields.filter(isHoisted), taken);
  const expressions = new Map<Field, string>();
  for (const field of struct.fields) {
    const read = propertyOf(file, "value", field.name);
    const local = locals.get(field);
    if (local !== undefined) file.code.line(`const ${local} = ${read};`);
    expressions.set(field, local ?? read);
  }
  return expressions;
}

/** Whether there is nothing to look at: neither something to write nor something that must not be there. */
export function isWithoutProperties(struct: Struct): boolean {
  return struct.fields.length === 0 && (struct.absent ?? []).length === 0;
}

/** Statements that refuse a value with something in the properties that its type excludes. */
export function refuseExcluded(file: CodecFile, struct: Struct): void {
  for (const { name } of struct.absent ?? []) {
    file.code.line(`${file.code.use("expectAbsent")}(${propertyOf(file, "value", name)}, ${quote(name)});`);
  }
}

/** An error, made by the expression `error`, of the property called `name`. */
export function inProperty(file: CodecFile, error: string, name: string): string {
  return `${enter(file, [name])}(${error}, ${quote(name)})`;
}

/** As {@link inProperty}, for the one of several properties whose index is in `n`. */
export function inOneOf(file: CodecFile, error: string, names: readonly string[]): string {
  if (names.length === 1) return inProperty(file, error, names[0]!);
  return `${enter(file, names)}(${error}, [${names.map(quote).join(", ")}][n]!)`;
}

/** The function that puts one of `names` before the path of an error. */
function enter(file: CodecFile, names: readonly string[]): string {
  return file.code.use(names.every(isPlainInPaths) ? "withinField" : "within");
}

/**
 * A `try` block that notes in `key` which property is being worked on, so that an error can tell its path.
 * With a single property nothing needs noting.
 */
export class KeyTrail {
  readonly #file: CodecFile;
  readonly #names: readonly string[];
  readonly #constant: string | undefined;
  #current: string | undefined;

  constructor(file: CodecFile, names: readonly string[]) {
    this.#file = file;
    this.#names = names;
    this.#constant = names.length === 1 ? names[0] : undefined;
    if (this.#constant === undefined) file.code.line(`let key = ${quote(names[0] ?? "")};`);
    this.#current = names[0];
  }

  at(name: string): void {
    if (this.#constant === undefined && this.#current !== name) this.#file.code.line(`key = ${quote(name)};`);
    this.#current = name;
  }

  guard(body: () => void): void {
    const { code } = this.#file;
    code.block("try", body, "} catch (error) {");
    const key = this.#constant === undefined ? "key" : quote(this.#constant);
    code.indented(() => code.line(`throw ${enter(this.#file, this.#names)}(error, ${key});`));
    code.line("}");
  }
}
