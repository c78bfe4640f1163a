// `npm run real-types`: types that nobody here wrote. For each package of real-types/packages.json: codecs for every
// type that it exports, compiled under strict flags, and random values sent through them, with tsc as the judge of
// what is a value. Writes docs/real-types.md, or holds what it finds against it.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { documentFile, documentOf, recordedCounts } from "./real-types/document.ts";
import { Folders } from "./real-types/folders.ts";
import { type PackageConfig, readPackages } from "./real-types/package-config.ts";
import { type Trial, type TrialOptions, troublesOf } from "./real-types/trial.ts";
import { runTrial } from "./real-types/trial-process.ts";

const help = `Usage: npm run real-types -- [options]

Tries the types of the packages in scripts/real-types/packages.json and writes docs/real-types.md.

Options:
  --package NAME  only this one; may be repeated. Writes no document, and prints on stdout what was refused and why
  --values N      random values for each accepted type (default 10); as many again are made a little wrong
  --seed N        of the random values (default 1)
  --check         write nothing; fail when fewer types are accepted than the document says
  --json          print what was found as JSON on stdout
  --keep          keep the temporary folders and say where they are
  --help          print this

Exit codes: 0 all is well, 1 an accepted type does not compile, does not come back or is judged otherwise than by tsc,
or with --check fewer types are accepted, 2 wrong usage.`;

function options(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      package: { type: "string", multiple: true, default: [] },
      values: { type: "string", default: "10" },
      seed: { type: "string", default: "1" },
      check: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const number = (name: "values" | "seed"): number => {
    if (!/^\d{1,6}$/.test(values[name])) throw new TypeError(`--${name} takes a whole number`);
    return Number(values[name]);
  };
  return { ...values, values: number("values"), seed: number("seed") };
}

function chosen(names: readonly string[]): readonly PackageConfig[] {
  const all = readPackages();
  const unknown = names.find((name) => !all.some((each) => each.package === name));
  if (unknown !== undefined) throw new TypeError(`there is no package '${unknown}' in packages.json`);
  return names.length === 0 ? all : all.filter((each) => names.includes(each.package));
}

function say(text: string): void {
  console.error(`real-types: ${text}`);
}

function lineOf(trial: Trial): string {
  const { accepted, refused, different } = trial.values;
  const differences = Object.entries(different).map(([name, count]) => `, ${count} of ${name}`);
  return (
    `${trial.package} ${trial.version}: ${trial.accepted} of ${trial.types} types, ` +
    `${trial.seconds.toFixed(1)} s; of the values ${accepted} were accepted and ${refused} refused${differences.join("")}`
  );
}

/** What was refused and why, one line a reason, with the types that it concerns. */
function reasonLines({ reasons, generic }: Trial): readonly string[] {
  const lines = reasons.map(({ code, message, types }) => `  ${code} ${types.join(", ")}: ${message}`);
  return generic.length === 0 ? lines : [...lines, `  generic, not tried: ${generic.join(", ")}`];
}

/** A package that breaks the trial is told of, and the others are tried. */
async function attempt(config: PackageConfig, options: TrialOptions): Promise<Trial | undefined> {
  try {
    return await runTrial(config, options);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

async function main(args: readonly string[]): Promise<number> {
  const given = options(args);
  if (given.help) {
    console.log(help);
    return 0;
  }
  const packages = chosen(given.package);
  const recorded = given.check ? recordedCounts() : new Map<string, number>();
  using folders = new Folders(given.keep, say);
  const trials: Trial[] = [];
  let troubles = 0;
  for (const config of packages) {
    const trial = await attempt(config, { ...given, folder: folders.make(), say });
    if (!trial) {
      troubles++;
      continue;
    }
    trials.push(trial);
    say(lineOf(trial));
    if (given.package.length > 0 && !given.json) console.log(reasonLines(trial).join("\n"));
    const found = troublesOf(trial, recorded.get(trial.package));
    for (const text of found) console.error(text);
    troubles += found.length;
  }
  if (given.json) console.log(JSON.stringify({ seed: given.seed, values: given.values, trials }));
  if (!given.check && given.package.length === 0 && troubles === 0) {
    writeFileSync(documentFile, documentOf(trials));
    say(`wrote ${documentFile}`);
  }
  return troubles === 0 ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof TypeError)) throw error;
  console.error(`real-types: ${error.message}\n\n${help}`);
  process.exitCode = 2;
}
