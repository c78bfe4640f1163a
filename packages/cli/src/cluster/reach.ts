// Which node a command speaks to: the one at an address, or one of this user's on this machine.
import {
  type Address,
  type ControlClient,
  ControlError,
  controlByAddress,
  controlBySocket,
  controlDirectories,
  controlSockets,
  formatAddress,
  NetworkError,
  type NodeHostOptions,
  parseAddress,
  printable,
} from "@hewn/runtime/node";
import { ConfigurationError } from "../configuration-error.ts";
import type { CommonOptions } from "../context.ts";
import { count } from "../wording.ts";
import { answerOf } from "./answer.ts";
import { NodeError } from "./node-error.ts";

/** Options of all commands that ask a node. */
export interface ReachOptions extends CommonOptions {
  readonly at?: string;
  readonly node?: string;
  readonly secretFile?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly ca?: string;
  readonly insecure?: boolean;
}

/** Of those that can go on. */
export interface WatchOptions extends ReachOptions {
  readonly watch?: boolean;
}

/** Of the one that lists members. */
export interface MembersOptions extends WatchOptions {
  /** Those too that have been gone for long. */
  readonly all?: boolean;
}

export interface Reached {
  readonly client: ControlClient;
  /** What the node calls itself: its name, or else its address. */
  readonly name: string;
  /** What is worth knowing of the others on this machine. */
  readonly note: string | undefined;
}

/** One that answers at a socket. */
interface Local {
  readonly client: ControlClient;
  readonly name: string;
  readonly address: string;
}

/** Once one node has answered, how long others are waited for, in milliseconds: one may be frozen. */
const graceMs = 400;

/** Runs `work` with the node that the options mean, and closes the connection. */
export async function withNode<T>(
  options: ReachOptions,
  must: boolean,
  work: (reached: Reached) => Promise<T>,
): Promise<T> {
  const reached = await reach(options, must);
  try {
    return await work(reached);
  } catch (error) {
    throw explained(error);
  } finally {
    await reached.client.close();
  }
}

/**
 * @param must whether it matters which node it is: then none is chosen among several
 * @throws ConfigurationError where the options do not say which one; NodeError where none answers
 */
async function reach(options: ReachOptions, must: boolean): Promise<Reached> {
  if (options.at === undefined) return reachLocal(options, must);
  if (options.node !== undefined) throw new ConfigurationError("--at and --node exclude each other.");
  const address = addressOf(options.at);
  try {
    const client = await controlByAddress(address, securityOf(options));
    return { client, name: (await introduced(client)).name, note: undefined };
  } catch (error) {
    if (error instanceof NetworkError) throw new ConfigurationError(`${error.message}.`);
    throw explained(error);
  }
}

function addressOf(text: string): Address {
  try {
    return parseAddress(text);
  } catch {
    throw new ConfigurationError(`'${printable(text)}' is no address: --at takes host:port or [IPv6]:port.`);
  }
}

function securityOf({ secretFile, cert, key, ca, insecure }: ReachOptions): NodeHostOptions {
  const given = [cert, key, ca].filter((file) => file !== undefined);
  if (given.length > 0 && given.length < 3)
    throw new ConfigurationError("--cert, --key and --ca are given together or not at all.");
  return {
    ...(cert !== undefined && key !== undefined && ca !== undefined && { certificates: { cert, key, ca } }),
    ...(secretFile !== undefined && { secretFile }),
    ...(insecure !== undefined && { insecure }),
    log: () => {},
  };
}

async function reachLocal({ node }: ReachOptions, must: boolean): Promise<Reached> {
  const paths = await controlSockets(process.env);
  const isAddress = node !== undefined && paths.some((path) => path.endsWith(`/${node}.sock`));
  const tried = isAddress ? paths.filter((path) => path.endsWith(`/${node}.sock`)) : paths;
  if (tried.length === 0) throw nobody();
  const { answering, failures } = await answers(tried, node);
  const fitting = answering.filter(
    ({ name, address }) => node === undefined || node === name || node === address,
  );
  const [chosen, ...others] = fitting;
  try {
    if (chosen === undefined) throw noneOf(answering, failures, node);
    if (others.length > 0 && (must || node !== undefined)) throw severalOf(fitting, node);
  } catch (error) {
    await Promise.all(answering.map(({ client }) => client.close()));
    throw error;
  }
  await Promise.all(answering.filter((one) => one !== chosen).map(({ client }) => client.close()));
  return { client: chosen.client, name: chosen.name || chosen.address, note: noteOf(others, failures) };
}

/** Those that answer, by address, and what became of the others: one that is frozen keeps nobody waiting for long. */
async function answers(
  paths: readonly string[],
  wanted: string | undefined,
): Promise<{ readonly answering: readonly Local[]; readonly failures: readonly unknown[] }> {
  const answering: Local[] = [];
  const failures: unknown[] = [];
  const abort = new AbortController();
  let grace: NodeJS.Timeout | undefined;
  const isWanted = ({ name, address }: Local) =>
    wanted === undefined || wanted === name || wanted === address;
  const attempts = paths.map(async (path) => {
    try {
      const local = await localAt(path, abort.signal);
      answering.push(local);
      if (isWanted(local)) grace ??= setTimeout(() => abort.abort(), graceMs);
    } catch (error) {
      if (!(error instanceof ControlError && error.code === "absent" && !abort.signal.aborted))
        failures.push(error);
    }
  });
  await Promise.all(attempts);
  clearTimeout(grace);
  return { answering: answering.sort((a, b) => (a.address < b.address ? -1 : 1)), failures };
}

async function localAt(path: string, signal: AbortSignal): Promise<Local> {
  const client = await controlBySocket(path, signal);
  try {
    return { client, ...(await introduced(client)) };
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function introduced(
  client: ControlClient,
): Promise<{ readonly name: string; readonly address: string }> {
  const { node, name } = (await answerOf(client, { kind: "node" })).node;
  const address = formatAddress(node);
  return { name: name || address, address };
}

/** What went wrong, as one line and what to do about it. */
function explained(error: unknown): unknown {
  if (!(error instanceof ControlError)) return error;
  const fixes: Partial<Record<ControlError["code"], string>> = {
    absent: "Is it running there? `hewn node --bind host:port` starts one.",
    silent: "It is frozen, or its event loop does not turn. Another node can say more: `hewn why <node>`.",
    unauthenticated:
      "Give the secret of the cluster: --secret-file, HEWN_SECRET or HEWN_SECRET_FILE; or --cert, --key and --ca.",
    otherVersion: "Use the hewn of the same version as the node's.",
  };
  return new NodeError(printable(error.message, 400), fixes[error.code]);
}

function nobody(): NodeError {
  const where =
    process.platform === "win32"
      ? "Name one with --at host:port: there are no local sockets on Windows."
      : `Looked in ${controlDirectories(process.env).join(" and ")}. \`hewn node\` starts one; --at host:port asks one elsewhere.`;
  return new NodeError("No node of yours runs on this machine.", where);
}

function noneOf(
  answering: readonly Local[],
  failures: readonly unknown[],
  node: string | undefined,
): unknown {
  const [failure] = failures;
  if (answering.length === 0) return failure === undefined ? nobody() : explained(failure);
  return new NodeError(
    `No node of yours on this machine is called '${printable(node ?? "")}'${failures.length > 0 ? ", or it does not answer" : ""}.`,
    `There are ${namesOf(answering)}.`,
  );
}

function severalOf(fitting: readonly Local[], node: string | undefined): ConfigurationError {
  const which =
    node === undefined ? "Several nodes of yours run" : `Several nodes called '${printable(node)}' run`;
  return new ConfigurationError(`${which} on this machine.`, {
    fix: `Say which one with --node: ${namesOf(fitting)}.`,
  });
}

function namesOf(locals: readonly Local[]): string {
  return locals
    .map(({ name, address }) => (name === address ? address : `${printable(name)} (${address})`))
    .join(", ");
}

function noteOf(others: readonly Local[], failures: readonly unknown[]): string | undefined {
  const parts = [
    ...(others.length > 0 ? [`--node asks another one: ${namesOf(others)}`] : []),
    ...(failures.length > 0
      ? [`${count(failures.length, "node")} of yours on this machine did not answer`]
      : []),
  ];
  return parts.length === 0 ? undefined : parts.join("; ");
}
