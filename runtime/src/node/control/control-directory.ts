// Where the control sockets of this user's nodes are: a directory that nobody else can enter. Whoever can is the user, or
// could become it; so the socket asks for no further proof.

import { createHash } from "node:crypto";
import { lstat, mkdir, readdir } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { NetworkError } from "../network-error.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Of a socket's path, in bytes: macOS takes 103, Linux 107. */
const pathBytesMax = 103;

const suffix = ".sock";

/** Local control sockets are Unix's: on Windows a node is asked over its port. */
export const hasControlSockets = process.platform !== "win32";

/** The directories in which sockets may be, those that are preferred first. */
export function controlDirectories(environment: Environment): readonly string[] {
  const runtime = environment["XDG_RUNTIME_DIR"];
  const own = join(environment["TMPDIR"] ?? tmpdir(), `hewn-${userInfo().uid}`);
  return runtime === undefined || !runtime.startsWith("/") ? [own] : [join(runtime, "hewn"), own];
}

/**
 * Makes the directory for sockets unless it is there.
 * @throws NetworkError where it cannot be made, or others can enter it
 */
export async function prepareControlDirectory(environment: Environment): Promise<string> {
  let failure: unknown;
  for (const directory of controlDirectories(environment)) {
    try {
      await mkdir(directory, { mode: 0o700 });
    } catch (error) {
      failure = error;
    }
    if (await isPrivate(directory)) return directory;
  }
  const [directory] = controlDirectories(environment);
  throw new NetworkError(
    "unavailable",
    `the directory ${directory} for control sockets cannot be made, or others than its user can enter it`,
    { cause: failure },
  );
}

/** A directory, not a link to one, that is this user's, and that nobody else can read, write or enter. */
async function isPrivate(directory: string): Promise<boolean> {
  const stats = await lstat(directory).catch(() => undefined);
  return stats?.isDirectory() === true && stats.uid === userInfo().uid && (stats.mode & 0o077) === 0;
}

/** Of a node: for its name, or a digest of that where a path would be too long for a socket. */
export function controlSocketPath(directory: string, name: string): string {
  const path = join(directory, `${name}${suffix}`);
  if (Buffer.byteLength(path) <= pathBytesMax) return path;
  const digest = createHash("sha256").update(name).digest("hex").slice(0, 16);
  return join(directory, `${digest}${suffix}`);
}

/** All sockets that are there, sorted; nothing says that anybody listens at them. */
export async function controlSockets(environment: Environment): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const directory of hasControlSockets ? controlDirectories(environment) : []) {
    if (!(await isPrivate(directory))) continue;
    const names = await readdir(directory);
    paths.push(...names.filter((name) => name.endsWith(suffix)).map((name) => join(directory, name)));
  }
  return paths.sort();
}
