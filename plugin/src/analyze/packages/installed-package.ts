// The package that a file belongs to: the nearest package.json above it that has a name.
import type ts from "typescript";

export interface InstalledPackage {
  /** Absolute, forward slashes, no slash at the end. */
  readonly directory: string;
  readonly name: string;
  /** `exports` of package.json, if it has any. */
  readonly exports: unknown;
}

/** @returns undefined for a file above which no package.json has a name */
export function packageOf(host: ts.ModuleResolutionHost, file: string): InstalledPackage | undefined {
  for (let directory = parentOf(file); directory !== ""; directory = parentOf(directory)) {
    const found = packageIn(host, directory);
    if (found) return found;
  }
  return undefined;
}

/** `dist/package.json` may say no more than `"type": "module"`. */
function packageIn(host: ts.ModuleResolutionHost, directory: string): InstalledPackage | undefined {
  const path = `${directory}/package.json`;
  const text = host.fileExists(path) ? host.readFile(path) : undefined;
  const json = text === undefined ? undefined : parsed(text);
  if (typeof json !== "object" || json === null || !("name" in json)) return undefined;
  const { name } = json;
  if (typeof name !== "string" || name === "") return undefined;
  return { directory, name, exports: "exports" in json ? json.exports : undefined };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The directory of a file, the directory above a directory; empty above the root. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
