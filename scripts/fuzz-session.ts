// `npm run fuzz:session`: what two nodes said to each other, spoiled and played to one of them, in as many ways as you
// like. The same seed gives the same cases.
import { parseArgs } from "node:util";
import { type Report, tryCases } from "./fuzz-session/campaign.ts";
import { record } from "./fuzz-session/recording.ts";

const usage = `npm run fuzz:session -- [options]

Plays spoiled recordings of the sessions of two nodes to one of them.

  --cases N   how many (default 100000)
  --seed S    the same seed gives the same cases (default 1)
  --case I    only this one, to see a finding again

Exit code: 0 all is well; 1 findings, or something that must happen never did; 2 wrong usage.`;

function wholeNumber(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  console.error(`'${text}' is no whole number\n\n${usage}`);
  process.exit(2);
}

function print({ cases, seconds, opened, received, reasons, findings, missing }: Report): void {
  const told = [...reasons].sort(([, a], [, b]) => b - a).map(([code, count]) => `${code} ${count}`);
  console.log(`${cases} cases in ${seconds.toFixed(1)} s, ${Math.round(cases / seconds)} a second`);
  console.log(`${opened} came as far as a session, which delivered ${received} messages`);
  console.log(`refused: ${told.join(", ")}`);
  for (const name of missing) console.log(`never happened: ${name}`);
  for (const { index, side, mutations, finding } of findings) {
    console.log(`\ncase ${index}, to ${side}, ${mutations.join(" and ")}: ${finding}`);
  }
}

const { values } = parseArgs({
  options: {
    cases: { type: "string" },
    seed: { type: "string" },
    case: { type: "string" },
    help: { type: "boolean" },
  },
});
if (values.help) {
  console.log(usage);
} else {
  const only = values.case === undefined ? undefined : wholeNumber(values.case, 0);
  const recordings = [await record(true), await record(false)];
  const seed = wholeNumber(values.seed, 1);
  const report = await tryCases(recordings, {
    seed,
    first: only ?? 0,
    cases: only === undefined ? wholeNumber(values.cases, 100_000) : 1,
  });
  console.log(`seed ${seed}`);
  print(report);
  process.exitCode = report.findings.length > 0 || (only === undefined && report.missing.length > 0) ? 1 : 0;
}
