// The text between the quotes of an import, from one absolute file name to another.

/**
 * @param extension `.js` names what a TypeScript file compiles to, `.ts` the file itself
 * @returns a relative specifier such as `./point.js` or `../geo/point.mts`
 */
export function moduleSpecifier(from: string, to: string, extension: ".js" | ".ts"): string {
  const fromParts = from.split("/").slice(0, -1);
  const toParts = to.split("/");
  let shared = 0;
  while (shared < fromParts.length && fromParts[shared] === toParts[shared]) shared++;
  const up = fromParts.length - shared;
  const path = [...Array<string>(up).fill(".."), ...toParts.slice(shared)].join("/");
  const relative = up === 0 ? `./${path}` : path;
  return extension === ".ts" ? relative : compiledName(relative);
}

function compiledName(file: string): string {
  if (/\.d\.[mc]?ts$/.test(file)) return file.replace(/\.d\.([mc]?)ts$/, ".$1js");
  return file.replace(/\.([mc]?)tsx?$/, ".$1js");
}
