// `npm run mutants`: puts each bug of a list into a copy of the runtime and lets a campaign of simulations look for it.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { membershipMutants } from "./mutants/membership-mutants.ts";
import { mutants } from "./mutants/mutants.ts";
import { remoteMutants } from "./mutants/remote-mutants.ts";
import { editsOf, hunt, type PlantedBug, runInCopy } from "./planted/planted-bugs.ts";
import type { Difference } from "./simulate/compare-scenarios.ts";
import type { Report } from "./simulate/report.ts";

/** The first that finds something ends the hunt: small ones first. */
const campaigns: readonly string[] = ["--seed 1 --seeds 40", "--seed 1000 --seeds 400"];
/** The last is large enough to miss what must happen in some run. */
const clusterCampaigns: readonly string[] = [
  "--system cluster --nodes 3 --seed 1 --seeds 40",
  "--system cluster --nodes 5 --seed 1 --seeds 40",
  "--system cluster --nodes 3 --seed 1000 --seeds 200",
];

const actorCampaigns: readonly string[] = [
  "--system actors --nodes 3 --seed 1 --seeds 40",
  "--system actors --nodes 3 --seed 1000 --seeds 300",
];

/** Those who look for bugs of a list. */
const hunters: readonly {
  readonly bugs: readonly PlantedBug[];
  readonly hunt: (folder: string) => Promise<string | undefined>;
}[] = [
  { bugs: mutants, hunt: campaign },
  { bugs: membershipMutants, hunt: (folder) => campaignOf(folder, clusterCampaigns) },
  { bugs: remoteMutants, hunt: (folder) => campaignOf(folder, actorCampaigns) },
];

/** Where the package of the copy expects a file compiled. */
function compiledOf(folder: string, file: string): string {
  return join(folder, file.replace("/src/", "/dist/").replace(/\.ts$/, ".js"));
}

function compile(folder: string, file: string): void {
  const source = readFileSync(join(folder, file), "utf8").replaceAll(/(from "\.[^"]*)\.ts"/g, '$1.js"');
  const { code } = transformSync(source, { loader: "ts", format: "esm", target: "es2022" });
  writeFileSync(compiledOf(folder, file), code);
}

async function find(folder: string, bug: PlantedBug): Promise<string | undefined> {
  const files = new Set(editsOf(bug).map(({ file }) => file));
  const sound = [...files].map(
    (file) => [compiledOf(folder, file), readFileSync(compiledOf(folder, file), "utf8")] as const,
  );
  for (const file of files) compile(folder, file);
  try {
    return await hunters.find(({ bugs }) => bugs.includes(bug))?.hunt(folder);
  } finally {
    for (const [file, text] of sound) writeFileSync(file, text);
  }
}

async function campaignOf(folder: string, all: readonly string[]): Promise<string | undefined> {
  for (const args of all) {
    const text = await runInCopy(folder, "scripts/simulate.ts", ["--json", "--quick", ...args.split(" ")]);
    const finding = findingOf(text);
    if (finding !== undefined) return finding;
  }
  return undefined;
}

async function campaign(folder: string): Promise<string | undefined> {
  const finding = await campaignOf(folder, campaigns);
  if (finding !== undefined) return finding;
  return differenceOf(await runInCopy(folder, "scripts/simulate/compare-scenarios.ts", []));
}

/** What breaks no rule, because it heals, shows in what happens where nothing goes wrong. */
function differenceOf(text: string): string | undefined {
  if (text === "") throw new Error("the scenarios themselves broke");
  const [first] = JSON.parse(text) as readonly Difference[];
  return first && `scenario ${first.scenario}: ${first.text.trim().slice(0, 120)}`;
}

function findingOf(text: string): string | undefined {
  if (text === "") throw new Error("the campaign itself broke");
  const { findings, missing } = JSON.parse(text) as Report;
  const [first] = findings;
  if (first === undefined && missing.length > 0) return `never happened: ${missing.join(", ")}`;
  return first && `seed ${first.seed}: ${first.rule}: ${first.text.split("\n")[0]?.slice(0, 120)}`;
}

/** By the campaigns that are to find these bugs. */
async function findInSound(folder: string, bugs: readonly PlantedBug[]): Promise<string | undefined> {
  for (const { bugs: own, hunt: look } of hunters) {
    const finding = bugs.some((bug) => own.includes(bug)) ? await look(folder) : undefined;
    if (finding !== undefined) return finding;
  }
  return undefined;
}

process.exitCode = await hunt({
  command: "npm run mutants",
  bugs: hunters.flatMap(({ bugs }) => bugs),
  find,
  findInSound,
  missedMax: 0,
});
