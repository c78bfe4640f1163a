// What the `exports` of a package.json lead to. Which conditions hold is not asked here: the compiler resolves each
// specifier that is found, and every file that any condition leads to is looked at.

export interface Subpath {
  /** `.` or `./x`, with the star of a pattern filled in. */
  readonly subpath: string;
  /** The files that it can lead to, relative to the package: `./dist/x.js`, `./dist/x.d.ts`. */
  readonly targets: readonly string[];
  /** Whether one of them is the file that was asked for; else the subpath may lead to a module that hands it on. */
  readonly isDirect: boolean;
}

/**
 * The subpaths that may lead to a declaration file, those first that name it.
 * @param file relative to the package: `./dist/x.d.ts`
 */
export function subpathsTo(exports: unknown, file: string): readonly Subpath[] {
  const wanted = [file, compiledName(file)];
  const entries = subpathsOf(exports);
  const subpaths = Object.entries(entries).flatMap(([key, value]) => {
    if (!key.includes("*")) return [key];
    const star = leavesOf(value)
      .map((target) => starOf(target, wanted))
      .find((each) => each !== undefined);
    return star === undefined ? [] : [key.replace("*", star)];
  });
  const found = [...new Set(subpaths)].map((subpath): Subpath => {
    const targets = targetsOf(entries, subpath);
    return { subpath, targets, isDirect: targets.some((target) => wanted.includes(target)) };
  });
  return [...found.filter(({ isDirect }) => isDirect), ...found.filter(({ isDirect }) => !isDirect)];
}

/** A key that is the subpath goes before patterns, and of those the one with the most before its star. */
function targetsOf(entries: Readonly<Record<string, unknown>>, subpath: string): readonly string[] {
  if (Object.hasOwn(entries, subpath)) return leavesOf(entries[subpath]);
  const fitting = Object.keys(entries).filter((key) => starOf(key, [subpath]) !== undefined);
  const [best] = fitting.sort((a, b) => b.indexOf("*") - a.indexOf("*"));
  const star = best === undefined ? undefined : starOf(best, [subpath]);
  if (best === undefined || star === undefined) return [];
  return leavesOf(entries[best]).map((target) => target.replaceAll("*", star));
}

/** `exports` that name no subpath are those of the package itself. */
function subpathsOf(exports: unknown): Readonly<Record<string, unknown>> {
  const isMap = typeof exports === "object" && exports !== null && !Array.isArray(exports);
  if (!isMap || !Object.keys(exports).some((key) => key.startsWith("."))) return { ".": exports };
  return { ...exports };
}

/** The files at the ends of nested conditions and alternatives. */
function leavesOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(leavesOf);
}

/** What the star stands for if a pattern leads to one of the files. */
function starOf(pattern: string, files: readonly string[]): string | undefined {
  const [before = "", after, ...more] = pattern.split("*");
  if (after === undefined || more.length > 0) return undefined;
  const fits = files.find(
    (file) => file.length > before.length + after.length && file.startsWith(before) && file.endsWith(after),
  );
  return fits?.slice(before.length, fits.length - after.length);
}

/** `x.js` of `x.d.ts`. */
export function compiledName(declaration: string): string {
  return declaration.replace(/\.d\.([mc]?)ts$/, ".$1js");
}
