// `npm run fuzz:planted`: puts each bug of the list into a copy of the sources and runs a short campaign on it.
import { hunt, runInCopy } from "../planted/planted-bugs.ts";
import { boundedArguments } from "./arguments.ts";
import { plantedBugs } from "./planted-bugs.ts";

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

async function find(folder: string): Promise<string | undefined> {
  for (const args of [...shortJobs, longCampaign]) {
    const first = firstFinding(await runInCopy(folder, "scripts/fuzz.ts", ["--json", ...args]));
    if (first !== undefined) return `${args.slice(-2).join(" ")}: ${first}`;
  }
  return undefined;
}

process.exitCode = await hunt({ command: "npm run fuzz:planted", bugs: plantedBugs, find, missedMax: 0 });
