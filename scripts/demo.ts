// `npm run demo`: Hewn's main job on a real application, from TypeScript types to processes that talk, and that know who is there. Works on
// a copy in a temporary folder, and ends with 0 only if everything happened that should, the refusal included.
// An argument names another folder with the application.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { hewn } from "@hewn/plugin/esbuild";
import { newClusterSecret } from "@hewn/runtime/node";
import { build, stop } from "esbuild";
import { clusterAct } from "./demo/cluster-act.ts";
import { poolAct } from "./demo/pool-act.ts";
import { Stage } from "./demo/stage.ts";
import { explainReading } from "./demo/wire-bytes.ts";

const root = join(import.meta.dirname, "..");
const startedMs = performance.now();

/** Announces what begins now, with the seconds since the start. */
function step(text: string): void {
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1).padStart(5);
  console.log(`\n${seconds} s  ${text}`);
}

function say(text: string): void {
  const plain = process.stdout.isTTY && !process.env["NO_COLOR"] ? text : stripVTControlCharacters(text);
  for (const line of plain.trimEnd().split("\n")) console.log(`         ${line}`.trimEnd());
}

/** What must be true for the demo to have shown what it claims. */
function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

function size(folder: string, name: string): string {
  return `${name} (${(statSync(join(folder, name)).size / 1000).toFixed(1)} kB)`;
}

function tspc(stage: Stage, project: string) {
  return stage.start([join(root, "node_modules/ts-patch/bin/tspc.js"), "-p", project, "--pretty"]).ended;
}

async function compile(stage: Stage): Promise<void> {
  step("tspc compiles the application; there are no codecs yet");
  const { code, output } = await tspc(stage, ".");
  expectThat(code === 0, `tspc ended with ${code}:\n${output}`);
  const codecs = readdirSync(join(stage.folder, "src")).filter((name) => name.endsWith(".codec.ts"));
  expectThat(codecs.length === 2, `tspc wrote ${codecs.length} codecs instead of 2`);
  say(`The plugin wrote ${codecs.map((name) => size(stage.folder, join("src", name))).join(", ")}.`);
}

async function bundlePrograms(stage: Stage, names: readonly string[], outdir: string): Promise<void> {
  await build({
    absWorkingDir: stage.folder,
    entryPoints: names.map((name) => `src/${name}.ts`),
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    outdir,
    outExtension: { ".js": ".mjs" },
    logLevel: "warning",
    plugins: [hewn()],
  });
}

async function bundle(stage: Stage): Promise<void> {
  step("esbuild bundles the two programs, with the same plugin inside");
  const programs = ["collector", "gateway"];
  await bundlePrograms(stage, programs, "bundle");
  say(programs.map((name) => size(stage.folder, `bundle/${name}.mjs`)).join(", "));
}

async function talk(stage: Stage): Promise<void> {
  step("Two processes talk over TCP: a gateway sends readings, a collector answers with commands");
  const shown = (name: string) => (line: string) => say(`${name.padEnd(9)} | ${line}`);
  const collector = stage.start(["bundle/collector.mjs"], shown("collector"));
  const address = (await collector.line(/listening on (\S+)/))[1] ?? "";
  const gateway = stage.start(["bundle/gateway.mjs", address, "data/readings.csv"], shown("gateway"));
  const ended = await Promise.all([gateway.ended, collector.ended]);
  expectThat(
    ended.every(({ code }) => code === 0),
    `the processes ended with ${ended.map(({ code }) => code).join(" and ")}`,
  );
  const rows = readFileSync(join(stage.folder, "data/readings.csv"), "utf8").trim().split("\n").length - 1;
  const heard = ended[1]?.output ?? "";
  expectThat(heard.includes(`received ${rows} of ${rows} readings`), `not all ${rows} readings arrived`);
  for (const kind of ["updateConfig", "restart", "shutdown"]) {
    expectThat(heard.includes(`accepted {"kind":"${kind}"`), `no command ${kind} was sent`);
  }
}

async function explain(stage: Stage): Promise<void> {
  step("One message, byte by byte");
  const { lines, json, messageBytes, frameBytes } = await explainReading(stage.folder);
  say(lines.join("\n"));
  say(`\nThe same as JSON: ${json}`);
  say(`${messageBytes} bytes, ${frameBytes} with its frame; JSON takes ${Buffer.byteLength(json)}.`);
}

async function protect(stage: Stage): Promise<void> {
  step("The same with a secret of the cluster: TLS 1.3 between the two, and nobody else gets in");
  const secret = { HEWN_SECRET: newClusterSecret() };
  const shown = (name: string) => (line: string) => {
    if (/^(?:hewn: refused|connected to|the gateway is gone|Error:)/.test(line))
      say(`${name.padEnd(9)} | ${line}`);
  };
  const collector = stage.start(["bundle/collector.mjs"], shown("collector"), secret);
  const address = (await collector.line(/listening on (\S+)/))[1] ?? "";
  const refused = collector.line(/^hewn: refused .*wrongSecret/);
  const args = ["bundle/gateway.mjs", address, "data/readings.csv"];
  const stranger = stage.start(args, shown("stranger"), { HEWN_SECRET: newClusterSecret() });
  expectThat((await stranger.ended).code !== 0, "a gateway with another secret was not refused");
  await refused;
  const ended = await Promise.all([stage.start(args, shown("gateway"), secret).ended, collector.ended]);
  expectThat(
    ended.every(({ code }) => code === 0),
    "two nodes with the same secret did not talk",
  );
}

async function cluster(stage: Stage): Promise<void> {
  await clusterAct(stage, { step, say, expectThat });
}

async function pool(): Promise<void> {
  const stage = new Stage(join(root, "fixtures/apps/pool"));
  await bundlePrograms(stage, ["main", "worker-node"], "bundle");
  await poolAct(stage, { step, say, expectThat });
}

async function disagree(stage: Stage): Promise<void> {
  step("A gateway that was built from another SensorReading, without a wire.lock");
  const file = join(stage.folder, "src/reading.ts");
  const before = readFileSync(file, "utf8");
  const field = "  readonly value: f64;\n";
  writeFileSync(file, before.replace(field, `${field}  readonly unit: string;\n`));
  await bundlePrograms(stage, ["gateway"], "bundle/other");
  const collector = stage.start(["bundle/collector.mjs"]);
  const address = (await collector.line(/listening on (\S+)/))[1] ?? "";
  const { output } = await stage.start(["bundle/other/gateway.mjs", address, "data/readings.csv"]).ended;
  const told = /^Error: (The peer cannot read this version of SensorReading.*)$/m.exec(output)?.[1];
  expectThat(told !== undefined, `the type that differs was not named:\n${output}`);
  say(`gateway   | ${told}`);
}

async function refuse(stage: Stage): Promise<void> {
  step("tspc compiles a wire type with a closure in it, which cannot cross a network");
  say(readFileSync(join(stage.folder, "refused/src/threshold.ts"), "utf8"));
  const { code, output } = await tspc(stage, "refused");
  expectThat(code !== 0, "the wire type with a closure in it was not refused");
  expectThat(
    output.includes("HEWN1001") && output.includes("Alert.threshold.onPass"),
    `it was refused, but not for its closure:\n${output}`,
  );
  say(`\n${output}`);
  say(`Refused, with exit code ${code}.`);
}

async function main(): Promise<number> {
  const app = process.argv[2] ?? join(root, "fixtures/apps/sensors");
  const stage = new Stage(app);
  step(`A copy of ${relative(process.cwd(), app)} is in ${stage.folder}`);
  try {
    for (const act of [compile, bundle, talk, explain, protect, cluster, disagree, refuse, pool])
      await act(stage);
  } catch (error) {
    step("The demo failed");
    say(error instanceof Error ? error.message : String(error));
    return 1;
  } finally {
    await stop();
  }
  step("Done: everything happened as it should");
  return 0;
}

if (process.argv.includes("--help")) {
  console.log("Usage: npm run demo [-- folder]; without a folder it shows fixtures/apps/sensors");
  process.exit(0);
}

// Explicitly, so that the stage is cleared however this ends.
process.exit(await main());
