// The text between the quotes of an import, from one absolute file name to another.

const declaration = /\.d\.([mc]?)ts$/;

/**
 * @param extension `.js` names what a TypeScript file compiles to, `.ts` the file itself; of a declaration file it is
 * always the compiled file beside it that is named
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
  return extension === ".ts" && !declaration.test(to) ? relative : compiledName(relative);
}

function compiledName(file: string): string {
  if (declaration.test(file)) return file.replace(declaration, ".$1js");
  return file.replace(/\.([mc]?)tsx?$/, ".$1js");
}
