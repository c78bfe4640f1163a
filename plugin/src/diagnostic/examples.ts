// An example for every code of the catalog: a code without one does not compile, nor does an example without a code.
import type { Code } from "./catalog.ts";
import type { Example } from "./example.ts";
import { actors } from "./examples/actors.ts";
import { codeAndResources } from "./examples/code-and-resources.ts";
import { content } from "./examples/content.ts";
import { mutableTypes } from "./examples/mutable-types.ts";
import { namesAndTags } from "./examples/names-and-tags.ts";
import { projects } from "./examples/projects.ts";
import { unionsAndContainers } from "./examples/unions-and-containers.ts";

type Examples = Readonly<Record<Code, Example>>;

const all = {
  ...codeAndResources,
  ...mutableTypes,
  ...content,
  ...unionsAndContainers,
  ...namesAndTags,
  ...projects,
  ...actors,
};

/** What is left when the codes of the catalog are taken away: nothing. */
type Strays = Exclude<keyof typeof all, Code>;

export const examples: Examples & Readonly<Record<Strays, never>> = all;
