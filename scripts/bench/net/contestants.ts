// Everybody who carries messages in this bench, how the two processes of each are started, and who cannot be had here.
import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { installLone, isNewer } from "../../lone-folder.ts";
import { runProgram } from "../../run-program.ts";

export interface Contestant {
  readonly name: string;
  readonly server: readonly string[];
  /** The command of the client, but for the address that the server tells. */
  readonly client: readonly string[];
  /** The program without which it cannot be had. */
  readonly needs?: { readonly command: readonly string[]; readonly where: string };
}

export const peersFolder = join(import.meta.dirname, "peers");
export const buildFolder = join(peersFolder, ".build");

/** Hewn itself, and what is written by hand beside it. */
const ownOfNet = ["hewn", "hewn alone", "hewn tls", "raw", "raw views", "raw tls", "raw with codecs"];
const inNode = ["ws", "grpc", "moleculer", "nats"];

/** Ours first. */
export async function contestants(
  node: string,
  say: (text: string) => void,
  own: readonly string[] = ownOfNet,
): Promise<readonly Contestant[]> {
  await installLone(peersFolder, say);
  const party = await bundled("party.ts");
  const pin = await pinned(say);
  const all = [
    ...[...own, ...inNode].map((name) => nodeContestant(name, [...pin, node, party])),
    await erlang(pin),
  ];
  const there: Contestant[] = [];
  for (const contestant of all) if (await canBeHad(contestant, say)) there.push(contestant);
  return there;
}

/** One file that any engine runs, types gone. */
export async function bundled(source: string): Promise<string> {
  const outfile = join(buildFolder, basename(source).replace(/\.ts$/, ".mjs"));
  await build({
    entryPoints: [join(import.meta.dirname, source)],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "es2022",
    conditions: ["node"],
    outfile,
    logLevel: "warning",
  });
  return outfile;
}

/** Both processes on one core: else each message waits for another core to wake up, which differs from run to run. */
export async function pinned(say: (text: string) => void): Promise<readonly string[]> {
  const pin = ["taskset", "-c", "0"];
  if (await runs([...pin, "true"])) return pin;
  say("NOT PINNED: there is no taskset here, and figures differ by several times from run to run");
  return [];
}

function nodeContestant(name: string, command: readonly string[]): Contestant {
  const party = (role: string): readonly string[] => [...command, role, name, peersFolder];
  const nats = { command: ["nats-server", "--version"], where: "Debian's package nats-server" };
  return { name, server: party("server"), client: party("client"), ...(name === "nats" && { needs: nats }) };
}

/** Without its port mapper, which would stay behind; without waiting in a loop, which is ruinous on a shared core. */
async function erlang(pin: readonly string[]): Promise<Contestant> {
  const needs = { command: ["erl", "-version"], where: "Debian's package erlang-base" };
  if (await runs(needs.command)) await compileErlang("hewn_bench");
  const port = String(20_000 + (process.pid % 20_000));
  const node = (name: string): readonly string[] => [
    ...[...pin, "erl", "-noshell", "-pa", buildFolder, "+sbwt", "none", "-setcookie", "bench"],
    ...["-name", `${name}@127.0.0.1`, "-start_epmd", "false", "-erl_epmd_port", port],
  ];
  return {
    name: "erlang",
    server: [...node("server"), "-s", "hewn_bench", "server"],
    client: [...node("client"), "-dist_listen", "false", "-s", "hewn_bench", "client", "-extra"],
    needs,
  };
}

export async function compileErlang(module: string): Promise<void> {
  const source = join(peersFolder, `${module}.erl`);
  if (isNewer(join(buildFolder, `${module}.beam`), source)) return;
  mkdirSync(buildFolder, { recursive: true });
  await runProgram("erlc", ["-o", buildFolder, source], buildFolder);
}

async function canBeHad({ name, needs }: Contestant, say: (text: string) => void): Promise<boolean> {
  if (needs === undefined || (await runs(needs.command))) return true;
  say(`WITHOUT ${name}: there is no ${needs.command[0]} here; ${needs.where} has it`);
  return false;
}

export async function runs([program, ...args]: readonly string[]): Promise<boolean> {
  return runProgram(program!, args, import.meta.dirname).then(
    () => true,
    () => false,
  );
}
