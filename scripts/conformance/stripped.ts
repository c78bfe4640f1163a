// Run by an engine that strips types itself: imports the codecs of fixtures/wire as they were written. The sources
// beside them have enums, which are more than types; so the values are those that the vectors decode to.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Case, judge } from "./judge.ts";

const directory = join(import.meta.dirname, "../../fixtures/wire");

async function loadCase(name: string): Promise<Case> {
  const codec = (await import(join(directory, name, "input.codec.ts"))) as Record<string, unknown>;
  const vectors = JSON.parse(readFileSync(join(directory, name, "vectors.json"), "utf8")) as Case["vectors"];
  return { name, codec, vectors };
}

const names = readdirSync(directory, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
console.log(JSON.stringify(judge(await Promise.all(names.map(loadCase)))));
