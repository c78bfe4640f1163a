// `npm run fuzz:planted`: puts each bug of the list into a copy of the sources and runs a short campaign on it. A
// campaign that finds nothing there is worth nothing where it finds nothing.
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
import { boundedArguments } from "./arguments.ts";
import { type PlantedBug, plantedBugs } from "./planted-bugs.ts";

const repository = join(import.meta.dirname, "../..");
const copied = ["runtime", "plugin", "packages", "scripts", "package.json", "tsconfig.base.json"];

/** Where the packages of the workspace are. */
const packages = { runtime: "runtime", plugin: "plugin", schema: "packages/schema", cli: "packages/cli" };

interface Outcome {
  readonly bug: PlantedBug;
  /** What a job of the campaign said first; `undefined` when none found anything. */
  readonly finding: string | undefined;
  readonly seconds: number;
}

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
export function planted(source: string, { text, by, name }: PlantedBug): string {
  const parts = source.split(text);
  if (parts.length !== 2) throw new Error(`${name}: its text stands ${parts.length - 1} times in the source`);
  return parts.join(by);
}

function campaign(folder: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [join(folder, "scripts/fuzz.ts"), "--json", ...args], {
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

function firstFinding(report: string): string | undefined {
  if (report === "") throw new Error("the campaign itself broke");
  const { findings } = JSON.parse(report) as {
    readonly findings: readonly { kind: string; message: string }[];
  };
  const [first] = findings;
  return first && `${first.kind}: ${first.message.split("\n")[0]?.slice(0, 100)}`;
}

/** The jobs of a short campaign, those first that take the least time: most bugs are found by one of them. */
const shortJobs = [1, 2, 4, 3, 0, 6].map((job) => [...boundedArguments, "--job", `${job}`]);

/** For the others: which types a job makes changes with every kind that types can be of. */
const longCampaign = "--cases 150000 --seed 2 --modules 8".split(" ");

async function tryBug(folder: string, bug: PlantedBug): Promise<Outcome> {
  const file = join(folder, bug.file);
  const sound = readFileSync(file, "utf8");
  const start = performance.now();
  let finding: string | undefined;
  writeFileSync(file, planted(sound, bug));
  try {
    for (const args of [...shortJobs, longCampaign]) {
      const first = firstFinding(await campaign(folder, args));
      finding = first && `${args.slice(-2).join(" ")}: ${first}`;
      if (finding !== undefined) break;
    }
  } finally {
    writeFileSync(file, sound);
  }
  return { bug, finding, seconds: (performance.now() - start) / 1000 };
}

const usage = `Usage: npm run fuzz:planted -- [--bug <text>]

  --bug <text>  only the bugs whose names have this text; may be given several times
  --help        this text
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      bug: { type: "string", multiple: true, default: [""] },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const bugs = plantedBugs.filter(({ name }) => values.bug.some((text) => name.includes(text)));
  if (bugs.length > 0) return tryAll(bugs);
  console.error("no planted bug has such a name");
  return 2;
}

async function tryAll(bugs: readonly PlantedBug[]): Promise<number> {
  const folder = copyOfSources();
  let missed = 0;
  try {
    for (const bug of bugs) {
      const { finding, seconds } = await tryBug(folder, bug);
      if (finding === undefined) missed++;
      const verdict = finding === undefined ? "MISSED" : "found ";
      console.log(`${verdict} ${bug.name} (${Math.round(seconds)} s) ${finding ?? ""}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`${bugs.length - missed} of ${bugs.length} planted bugs were found`);
  return missed === 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = await main();
