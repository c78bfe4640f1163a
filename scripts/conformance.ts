// `npm run conformance`: the vectors of fixtures/wire on every engine, and the generated code before every compiler.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compileFixtures, compilers, compilerVersion } from "./conformance/compilers.ts";
import { type Engine, engines, enginesFolder } from "./conformance/engines.ts";
import type { Report } from "./conformance/judge.ts";
import { type Condition, conformanceProgram } from "./conformance/program.ts";
import { runScript, runStripped, versionOf } from "./conformance/run-engine.ts";
import { installLone } from "./lone-folder.ts";

const usage = `Usage: npm run conformance -- [options]

Runs the vectors of fixtures/wire on Node 20, 22, 24 and 26, Bun, Deno and headless Chromium, with both builds of the
text functions and where the engine strips types also from the generated files themselves; then type-checks the
generated files with TypeScript 5.4, 5.9, 6.0 and 7.0. An engine that is not to be had is named on stderr.

Options:
  --only <text>   rows whose name contains this; may be given several times
  --all           fail when an engine or compiler is not to be had
  --json          one JSON object on stdout
  --help          this text
`;

interface Row extends Report {
  readonly name: string;
  readonly version: string;
}

interface Task {
  readonly name: string;
  readonly isThere: boolean;
  readonly version: () => string | Promise<string>;
  readonly run: () => Promise<Report>;
}

const condition: Readonly<Record<Condition, string>> = { node: "Node's text", portable: "portable text" };

function engineTasks(engine: Engine, folder: string): readonly Task[] {
  const base = { isThere: engine.executable !== undefined, version: () => versionOf(engine, folder) };
  const built = engine.conditions.map((kind) => ({
    ...base,
    name: `${engine.name}, ${condition[kind]}`,
    run: async () =>
      runScript(
        engine,
        await conformanceProgram(kind),
        `${engine.name}-${kind}`.replaceAll(" ", "-"),
        folder,
      ),
  }));
  if (!engine.stripsTypes) return built;
  const file = join(import.meta.dirname, "conformance/stripped.ts");
  return [
    ...built,
    { ...base, name: `${engine.name}, types stripped`, run: () => runStripped(engine, file, folder) },
  ];
}

function tasksIn(folder: string): readonly Task[] {
  const compiling = compilers().map((compiler) => ({
    name: compiler.name,
    isThere: compiler.folder !== undefined,
    version: () => compilerVersion(compiler),
    run: () => compileFixtures(compiler, folder),
  }));
  return [...engines().flatMap((engine) => engineTasks(engine, folder)), ...compiling];
}

async function rowOf(task: Task): Promise<Row> {
  const version = await task.version();
  try {
    return { name: task.name, version, ...(await task.run()) };
  } catch (error) {
    return {
      name: task.name,
      version,
      checks: 0,
      failures: [error instanceof Error ? error.message : String(error)],
    };
  }
}

function line({ name, version, checks, failures }: Row): string {
  const verdict = failures.length === 0 && checks > 0 ? "ok" : `${failures.length} FAILED`;
  const shown = failures.slice(0, 10).map((failure) => `\n    ${failure}`);
  return `${name.padEnd(24)} ${version.padEnd(16)} ${String(checks).padStart(6)} checks  ${verdict}${shown.join("")}`;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true, default: [] },
      all: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  await installLone(enginesFolder, (text) => console.error(`conformance: ${text}`));
  const folder = mkdtempSync(join(tmpdir(), "hewn-conformance-"));
  try {
    const wanted = tasksIn(folder).filter(
      ({ name }) => values.only.length === 0 || values.only.some((text) => name.includes(text)),
    );
    if (wanted.length === 0) throw new Error("no row is called so");
    const missing = wanted.filter(({ isThere }) => !isThere).map(({ name }) => name);
    for (const name of missing) console.error(`conformance: NOT RUN, could not be had: ${name}`);
    const rows: Row[] = [];
    for (const task of wanted) {
      if (!task.isThere) continue;
      const row = await rowOf(task);
      rows.push(row);
      if (!values.json) console.log(line(row));
    }
    if (values.json) console.log(JSON.stringify({ conformance: rows, missing }));
    const isWhole = rows.every(({ checks, failures }) => checks > 0 && failures.length === 0);
    return isWhole && !(values.all && missing.length > 0) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`conformance: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
