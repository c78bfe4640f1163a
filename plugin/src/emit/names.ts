// Identifiers inside one emitted file: each given out once, none shadowing what emitted code relies on.
import { typedArrayNames } from "@hewn/schema";

const reserved: ReadonlySet<string> = new Set(
  [
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends",
    "false finally for function if implements import in instanceof interface let new null package private protected",
    "public return static super switch this throw true try typeof var void while with yield",
    ...typedArrayNames,
    "undefined NaN Infinity Array Date Error Iterable JSON Map Math Number Object Set String Uint8Array bigint boolean never number",
    "object readonly Uppercase Lowercase Capitalize Uncapitalize ReadonlyMap ReadonlySet Readonly Record ReturnType string symbol unknown as is async from get of set type",
  ]
    .join(" ")
    .split(" "),
);

/** A pool of names: `take` answers the wanted name, or the first free `name_`, `name__`, ... */
export class Names {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  take(wanted: string): string {
    let name = wanted;
    while (this.has(name)) name += "_";
    this.#taken.add(name);
    return name;
  }

  has(name: string): boolean {
    return reserved.has(name) || this.#taken.has(name);
  }
}

/** Functions of the kinds that a type can have; the prefix of a function's name is its kind. */
export type FunctionKind =
  | "write"
  | "read"
  | "try"
  | "json"
  | "putJson"
  | "fromJson"
  | "attempt"
  | "mismatch"
  | "copy";

/** What functions of the runtime, of this file and of other codec files are called, now or later in the file. */
const functionName =
  /^((attempt|begin|check|clone|copy|decode|encode|end|expect|fromJson|is|json|mismatch|put|read|try|write)[A-Z_$]|absentFields|after$|changed|defineOwn|own|room|skip|inside|rooted|within|\w+Room$|\w+(?:Values|Patterns|Pieces|Texts)$|indexOfLiteral|recordKeys|missingField|unknown[A-Z]|setKey|putKey)/;

/** A name for a local variable that holds property `property`: as close to it as is safe. */
export function localName(property: string, scope: Names, isTaken: (name: string) => boolean): string {
  let name = property.replace(/[^\w$]/g, "_").replace(/^(?=\d|$)/, "_");
  // No function begins with `_`; many end with it, where types of several files have one name.
  if (functionName.test(name)) name = `_${name}`;
  while (isTaken(name)) name += "_";
  return scope.take(name);
}

/** `text` as part of a function's name: `item list` becomes `ItemList`. */
export function pascal(text: string): string {
  return text
    .split(/[^A-Za-z0-9$]+/)
    .filter((word) => word !== "")
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join("");
}
