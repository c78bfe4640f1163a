// Names and literals of user code as TypeScript source text. Everything that comes from a user's type passes through
// here, so that no name can end a string or become code.
import type { Origin, Tag } from "@hewn/schema";

/** Printable ASCII without quotes and backslashes, as nearly every text is. */
const bare = /^[ !#-[\]-~]*$/;

/** A double-quoted string literal; U+2028 and U+2029 end lines in older grammars and are escaped too. */
export function quote(text: string): string {
  if (bare.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(/[\u2028\u2029\u007f-\u009f]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** A string literal in double quotes, or in single ones where the text has double quotes, as JSON has. */
export function quoteJson(text: string): string {
  if (text.includes("'") || !text.includes('"')) return quote(text);
  return `'${quote(text).slice(1, -1).replaceAll('\\"', '"')}'`;
}

export function literalText(value: Tag): string {
  if (typeof value === "string") return quote(value);
  return Object.is(value, -0) ? "-0" : String(value);
}

const identifier = /^[A-Za-z_$][\w$]*$/;

export function isIdentifier(name: string): boolean {
  return identifier.test(name);
}

/** Whether a name stands in the path of an error as it is: an identifier, and not too long. */
export function isPlainInPaths(name: string): boolean {
  return isIdentifier(name) && name.length <= 64;
}

/** A property name in an object literal or type: bare where it can be. */
export function propertyKey(name: string): string {
  // Bare, this one would set the prototype.
  if (name === "__proto__") return '["__proto__"]';
  return isIdentifier(name) ? name : quote(name);
}

/** `base.name` or `base["odd name"]`. */
export function property(base: string, name: string): string {
  return isIdentifier(name) ? `${base}.${name}` : `${base}[${quote(name)}]`;
}

/** The type of one enum member: `Color.Red`. */
export function enumMemberType(enumName: string, member: string): string {
  return isIdentifier(member) ? `${enumName}.${member}` : `(typeof ${enumName})[${quote(member)}]`;
}

/** Properties that every object inherits: reading one does not tell whether the value has it. */
const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

export function isInherited(name: string): boolean {
  return inherited.has(name);
}

export function sameOrigin(a: Origin, b: Origin): boolean {
  return a.file === b.file && a.name === b.name;
}
