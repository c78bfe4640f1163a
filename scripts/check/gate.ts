// What a gate is: a named rule over the whole project that answers every place where it is broken.
import type { Project } from "./project.ts";

/** One place where a rule is broken. */
export interface Violation {
  /** Relative to the repository, forward slashes. */
  readonly file: string;
  /** From 1; 1 also where the whole file is meant. */
  readonly line: number;
  /** The rule, in a few words, and what broke it. */
  readonly message: string;
}

export interface Gate {
  /** What `npm run check -- <name>` selects. */
  readonly name: string;
  /** One line for `--help`. */
  readonly about: string;
  readonly run: (project: Project) => readonly Violation[] | Promise<readonly Violation[]>;
}
