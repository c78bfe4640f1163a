// The wire types of a project, by the names that a person gives them.
import type { Schema } from "@hewn/schema";
import { loadCompiler } from "../compiler.ts";
import { ConfigurationError } from "../configuration-error.ts";
import type { CommonOptions, Context } from "../context.ts";
import { sayLeftOut } from "../left-out.ts";
import { openSolution } from "../open-solution.ts";
import { silentProgress } from "../progress.ts";
import type { Solution } from "../solution.ts";
import { nearNames } from "./near-names.ts";

export interface ProjectType {
  readonly name: string;
  /** `src/orders.ts#Order`, from the working directory. */
  readonly full: string;
  readonly schema: Schema;
  readonly id: string;
  /** Tagged @wire, and not for JSON alone: programs can send messages of it. */
  readonly isTagged: boolean;
}

/** Names that an error lists. */
const listedMax = 12;

export class ProjectTypes {
  readonly #types: readonly ProjectType[];
  readonly #refused: readonly string[];

  constructor(types: readonly ProjectType[], refused: readonly string[]) {
    this.#types = types;
    this.#refused = refused;
  }

  get tagged(): readonly ProjectType[] {
    return this.#types.filter(({ isTagged }) => isTagged);
  }

  /**
   * The type that `given` names: `Order`, or `src/orders.ts#Order`, with or without the file's ending. Tagged types
   * come first; a type that only occurs in others can be named too.
   * @throws ConfigurationError when there is none, or more than one
   */
  find(given: string): ProjectType {
    const all = this.#types.filter((type) => isNamed(type, given));
    const tagged = all.filter(({ isTagged }) => isTagged);
    const found = tagged.length > 0 ? tagged : all;
    const [first, second] = found;
    if (first === undefined) throw this.#unknown(given);
    if (second === undefined) return first;
    throw new ConfigurationError(`There is more than one type ${given}: ${listed(found)}.`, {
      fix: `Name it with its file: --type ${first.full}`,
    });
  }

  #unknown(given: string): ConfigurationError {
    const name = given.split("#").at(-1) ?? given;
    if (this.#refused.includes(name))
      return new ConfigurationError(`The type ${name} has errors, and so no format.`, {
        fix: "`hewn check` says what is wrong with it.",
      });
    const near = nearNames(
      name,
      this.#types.map((type) => type.name),
    );
    const meant = near.flatMap((one) => this.#types.filter((type) => type.name === one));
    if (meant.length > 0)
      return new ConfigurationError(`There is no wire type ${given} in the project.`, {
        fix: `Did you mean ${listed(meant)}?`,
      });
    const { tagged } = this;
    return new ConfigurationError(`There is no wire type ${given} in the project.`, {
      fix:
        tagged.length === 0
          ? "It has none at all: --project names another one."
          : `It has ${listed(tagged)}.`,
    });
  }
}

/** @throws ConfigurationError when the project cannot be read */
export async function loadTypes(options: CommonOptions, context: Context): Promise<ProjectTypes> {
  // Whoever decodes reads the answer, often out of a pipe; what takes long is of no interest there.
  const { solution } = openSolution(await loadCompiler(), options, context, silentProgress);
  solution.analyze();
  sayLeftOut(solution, options, context);
  return typesOf(solution, context);
}

function typesOf({ generated }: Solution, { shown }: Context): ProjectTypes {
  const types = new Map<string, ProjectType>();
  const refused: string[] = [];
  for (const { schema } of generated.values()) {
    refused.push(...schema.refused);
    const roots = new Set(schema.roots);
    for (const { id, name, origin, scope, format } of schema.declarations.values()) {
      const full = `${shown(origin.file)}#${name}`;
      // The schema of a type's own file comes before those of files that use it.
      if (types.has(full) && !roots.has(id)) continue;
      const isTagged = scope === "wire" && format !== "json";
      types.set(full, { name, full, schema, id, isTagged });
    }
  }
  return new ProjectTypes([...types.values()], refused);
}

function isNamed({ name, full }: ProjectType, given: string): boolean {
  if (!given.includes("#")) return name === given;
  const [file = "", own = ""] = given.replace(/^\.\//, "").split("#");
  const [fullFile = ""] = full.split("#");
  return own === name && (fullFile === file || fullFile.replace(/\.[cm]?tsx?$/, "") === file);
}

function listed(types: readonly ProjectType[]): string {
  const shown = types.slice(0, listedMax).map(({ name, full }) => (isUnique(types, name) ? name : full));
  const more = types.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function isUnique(types: readonly ProjectType[], name: string): boolean {
  return types.filter((type) => type.name === name).length === 1;
}
