// The files that gates look at: everything in the repository that git does not ignore. Tests hand in a project
// made of strings instead.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Project {
  /** Absolute. Only gates that run another tool need it. */
  readonly root: string;
  /** Relative to the root, forward slashes, sorted. */
  readonly files: readonly string[];
  /** The text of one of `files`. */
  readonly read: (file: string) => string;
}

/** The working tree as it is, with what is not committed yet. */
export function projectOnDisk(root: string): Project {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const files = [...new Set(listed.split("\0"))].filter(
    (file) => file !== "" && existsSync(join(root, file)),
  );
  const texts = new Map<string, string>();
  const read = (file: string): string => {
    const text = texts.get(file) ?? readFileSync(join(root, file), "utf8");
    texts.set(file, text);
    return text;
  };
  return { root, files: files.sort(), read };
}

/** A project of the given texts, for tests of gates. */
export function projectOf(texts: Readonly<Record<string, string>>): Project {
  return {
    root: "/nowhere",
    files: Object.keys(texts).sort(),
    read: (file) => texts[file] ?? "",
  };
}
