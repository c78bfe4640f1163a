// Puts bugs into a copy of the sources, one at a time, and sees whether a campaign finds them: one that finds nothing
// there is worth nothing where it finds nothing.
import { spawn } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

/** Names the text that it replaces, so that a change of the source is noticed. */
export interface Edit {
  /** From the root of the repository. */
  readonly file: string;
  readonly text: string;
  readonly by: string;
}

export interface PlantedBug extends Edit {
  readonly name: string;
  /** Where sound sources hold twice, both have to give way. */
  readonly also?: readonly Edit[];
}

export function editsOf(bug: PlantedBug): readonly Edit[] {
  return [bug, ...(bug.also ?? [])];
}

export interface Hunt {
  /** What it is run by, `npm run` and so on. */
  readonly command: string;
  readonly bugs: readonly PlantedBug[];
  /** Runs campaigns in the copy, in which the bug has been planted; answers what the first that found it said. */
  readonly find: (folder: string, bug: PlantedBug) => Promise<string | undefined>;
  /** The same in sound sources, where it may find nothing: otherwise what it finds elsewhere says nothing. */
  readonly findInSound?: (folder: string, bugs: readonly PlantedBug[]) => Promise<string | undefined>;
  /** Bugs that may be missed. */
  readonly missedMax: number;
}

const repository = join(import.meta.dirname, "../..");
const copied = [
  "runtime",
  "plugin",
  "packages",
  "scripts",
  "fixtures/scenarios",
  "package.json",
  "tsconfig.base.json",
];

/** Where the packages of the workspace are. */
const packages = { runtime: "runtime", plugin: "plugin", schema: "packages/schema", cli: "packages/cli" };

/** A repository of its own, without tests and builds that nobody needs. */
export function copyOfSources(): string {
  const folder = mkdtempSync(join(tmpdir(), "hewn-planted-"));
  for (const name of copied) {
    const filter = (path: string) =>
      !/node_modules|\.test\.ts$|tsbuildinfo$/.test(path.slice(repository.length));
    cpSync(join(repository, name), join(folder, name), { recursive: true, filter });
  }
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "@hewn"), { recursive: true });
  for (const name of readdirSync(join(repository, "node_modules"))) {
    if (name !== "@hewn")
      symlinkSync(join(repository, "node_modules", name), join(modules, name), "junction");
  }
  for (const [name, place] of Object.entries(packages)) {
    symlinkSync(join(folder, place), join(modules, "@hewn", name), "junction");
  }
  return folder;
}

/** @throws when the text to be replaced does not stand there exactly once */
export function planted(source: string, { text, by, file }: Edit): string {
  const parts = source.split(text);
  if (parts.length !== 2) throw new Error(`${file} has '${text}' ${parts.length - 1} times`);
  return parts.join(by);
}

/** Runs a script of the copy and answers what it printed. */
export function runInCopy(folder: string, script: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [join(folder, script), ...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "ignore"],
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve(text));
  });
}

/** Answers the exit code: 0 where enough were found, 1 where not, 2 for wrong usage. */
export async function hunt(all: Hunt): Promise<number> {
  const { values } = parseArgs({
    options: {
      bug: { type: "string", multiple: true, default: [""] },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usageOf(all.command));
    return 0;
  }
  const chosen = all.bugs.filter(({ name }) => values.bug.some((text) => name.includes(text)));
  if (chosen.length > 0) return huntAll({ ...all, bugs: chosen });
  console.error("no planted bug has such a name");
  return 2;
}

async function huntAll({ bugs, find, findInSound, missedMax }: Hunt): Promise<number> {
  const folder = copyOfSources();
  let missed = 0;
  try {
    const inSound = await findInSound?.(folder, bugs);
    if (inSound !== undefined) {
      console.error(`without any planted bug there is a finding already: ${inSound}`);
      return 1;
    }
    for (const bug of bugs) {
      const start = performance.now();
      const finding = await findPlanted(folder, bug, find);
      if (finding === undefined) missed++;
      const verdict = finding === undefined ? "MISSED" : "found ";
      const seconds = Math.round((performance.now() - start) / 1000);
      console.log(`${verdict} ${bug.name} (${seconds} s) ${finding ?? ""}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`${bugs.length - missed} of ${bugs.length} planted bugs were found`);
  return missed <= missedMax ? 0 : 1;
}

async function findPlanted(folder: string, bug: PlantedBug, find: Hunt["find"]): Promise<string | undefined> {
  const sound = new Map<string, string>();
  try {
    for (const edit of editsOf(bug)) {
      const file = join(folder, edit.file);
      const source = readFileSync(file, "utf8");
      if (!sound.has(file)) sound.set(file, source);
      writeFileSync(file, planted(source, edit));
    }
    return await find(folder, bug);
  } finally {
    for (const [file, source] of sound) writeFileSync(file, source);
  }
}

function usageOf(command: string): string {
  return `Usage: ${command} -- [--bug <text>]

  --bug <text>  only the bugs whose names have this text; may be given several times
  --help        this text
`;
}
