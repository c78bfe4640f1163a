// `npm test`: the gates, then every test. Arguments go to Jest; with a pattern the gates are left out,
// because then somebody is at work on one thing.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** What Jest's `--json` says of a run, as far as it is read here. */
interface JestTotals {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numFailedTestSuites: number;
}

/**
 * Runs Node with our own output streams and answers its exit code. A signal is the child's to answer, so that none
 * is left behind: an interrupt from a terminal reaches it by itself, everything else is passed on.
 */
function runNode(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: "inherit" });
  const pass = (signal: NodeJS.Signals): void => {
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, pass);
  return new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) =>
      resolve(code ?? 128 + (constants.signals[signal ?? "SIGTERM"] ?? 1)),
    );
  }).finally(() => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, pass);
  });
}

/** The last line of a test run: the counts alone, easy to read for people and programs. */
function countLine(totals: JestTotals): string {
  const skipped = totals.numPendingTests + totals.numTodoTests;
  return `${totals.numPassedTests} passed, ${totals.numFailedTests} failed, ${skipped} skipped`;
}

async function runJest(args: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "hewn-test-"));
  const report = join(folder, "jest.json");
  try {
    const code = await runNode([
      "--experimental-vm-modules",
      "--disable-warning=ExperimentalWarning",
      join(root, "node_modules/jest/bin/jest.js"),
      "--json",
      `--outputFile=${report}`,
      ...args,
    ]);
    // Jest writes no report when it was stopped or found nothing to run.
    if (existsSync(report)) console.log(countLine(JSON.parse(readFileSync(report, "utf8")) as JestTotals));
    return code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(args: readonly string[]): Promise<number> {
  if (Number(process.versions.node.split(".")[0]) < 24) {
    console.error(`test: Node 24 is needed, this is ${process.version}; start it with \`npm test\``);
    return 2;
  }
  console.error(`test: Node ${process.version}`);
  const checkCode = args.length > 0 ? 0 : await runNode([join(root, "scripts/check.ts")]);
  if (checkCode > 128) return checkCode;
  const jestCode = await runJest(args);
  if (checkCode !== 0) console.error("test: `npm run check` found violations, see above");
  return jestCode === 0 ? checkCode : jestCode;
}

process.exitCode = await main(process.argv.slice(2));
