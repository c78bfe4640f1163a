// The projects of a bundle: which configuration governs which source, each kept from build to build.
import { dirname } from "node:path";
import type ts from "typescript";
import { allReferenced } from "../references/all-referenced.ts";
import { Project, type Surroundings } from "./project.ts";
import { configNaming, defaultConfig, type ProjectConfig, readConfig } from "./project-config.ts";

export class Projects {
  readonly #ts: typeof ts;
  readonly #projects = new Map<string, Project>();
  /** What was read in this build. */
  readonly #configs = new Map<string, ProjectConfig>();
  readonly #current = new Set<Project>();
  readonly #surroundings: Surroundings;

  /** @param codecText the text of the codec beside a source of a project; undefined where there is none */
  constructor(compiler: typeof ts, codecText: Surroundings["codecText"]) {
    this.#ts = compiler;
    this.#surroundings = { codecText, referencedBy: (project) => this.#referencedBy(project) };
  }

  /** A build begins: everything is compared with the disk again when it is asked for. */
  expire(): void {
    this.#configs.clear();
    this.#current.clear();
  }

  /**
   * The project that governs a source file.
   * @param configPath where to look first; without it, the nearest tsconfig.json
   */
  find(source: string, configPath: string | undefined): Project {
    const start = configPath ?? this.#ts.findConfigFile(dirname(source), this.#ts.sys.fileExists);
    const config =
      start === undefined ? defaultConfig(this.#ts) : configNaming(start, source, (p) => this.#read(p));
    return this.#projectOf(config);
  }

  #referencedBy({ config }: Project): readonly Project[] {
    const all = allReferenced(config, ({ references }) => references.map((path) => this.#read(path)));
    return all.map((each) => this.#projectOf(each));
  }

  #projectOf(config: ProjectConfig): Project {
    const key = config.path ?? "";
    const kept = this.#projects.get(key);
    const project =
      kept?.config.text === config.text ? kept : new Project(this.#ts, config, this.#surroundings);
    if (!this.#current.has(project)) {
      project.expire(config);
      this.#current.add(project);
      this.#projects.set(key, project);
    }
    return project;
  }

  #read(path: string): ProjectConfig {
    const config = this.#configs.get(path) ?? readConfig(this.#ts, path);
    this.#configs.set(path, config);
    return config;
  }
}
