// `npm run overload -- --seconds 60`: slow actors of one node that others send ten times what they can take. Ends with exit
// code 1 where a message was lost, memory grew, or strangers had to wait.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { brokenPromises, type Overload, overload } from "./faults/overload.testing.ts";
import { buildPrograms } from "./faults/programs.testing.ts";

const usage = `Usage: npm run overload -- [options]

Starts four processes. One has slow actors, one for each overflow policy; two send these more than they can take;
the fourth calls another actor of the slow ones' node. Says what became of every message, how much memory the
processes took, and how long the fourth waited while nothing happened and under load.

Options:
  --seconds <n>   how long (default 60)
  --times <n>     how many times more is sent than can be taken (default 10)
  --bytes <n>     characters of a message (default 1000)
  --json          the figures as JSON
  --help          this text
`;

function told({ policies, memory, idleP99, busyP99 }: Overload): string {
  const lines = Object.entries(policies).map(
    ([policy, { offered, handled, counted, lost, misordered }]) =>
      `${policy}: ${offered} offered, ${handled} handled, ${counted} counted as refused or dropped, ` +
      `${lost} lost, ${misordered} out of order`,
  );
  for (const { process, heldBefore, heldAtEnd, residentBefore, residentAtHalf, residentAtEnd } of memory) {
    lines.push(
      `${process}: holds ${megabytes(heldBefore)} before, ${megabytes(heldAtEnd)} at the end; with garbage ` +
        `${megabytes(residentBefore)}, ${megabytes(residentAtHalf)} at half time, ${megabytes(residentAtEnd)} at the end`,
    );
  }
  lines.push(`a stranger's calls, p99: ${idleP99.toFixed(2)} ms before, ${busyP99.toFixed(2)} ms under load`);
  return lines.map((line) => `overload: ${line}\n`).join("");
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MB`;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seconds: { type: "string", default: "60" },
      times: { type: "string", default: "10" },
      bytes: { type: "string", default: "1000" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const [seconds, times, bytes] = [Number(values.seconds), Number(values.times), Number(values.bytes)];
  if (!(seconds > 0) || !(times > 0) || !(Number.isInteger(bytes) && bytes >= 0)) {
    process.stderr.write(usage);
    return 2;
  }
  const programs = await buildPrograms(["overload-program.testing.ts"]);
  try {
    const found = await overload({
      file: join(programs.folder, "overload-program.mjs"),
      lastsMs: seconds * 1000,
      times,
      bytes,
      onProgress: (text) => process.stderr.write(`overload: ${text}\n`),
    });
    const broken = brokenPromises(found, true);
    process.stdout.write(values.json ? `${JSON.stringify({ ...found, broken })}\n` : told(found));
    for (const text of broken) process.stderr.write(`overload: BROKEN ${text}\n`);
    return broken.length === 0 ? 0 : 1;
  } finally {
    programs.remove();
  }
}

process.exitCode = await main();
