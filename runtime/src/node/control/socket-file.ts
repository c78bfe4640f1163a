// Whether somebody listens at a socket's file. A process that was killed leaves its file behind; only a refused connect
// proves that it is nobody's, and only then is it removed.

import { lstat, unlink } from "node:fs/promises";
import { connect } from "node:net";
import { systemCodeOf } from "../stream-failure.ts";

/** Between its bind and its listen a socket refuses, too: a file that is younger than this is left alone, in milliseconds. */
const youngMs = 5_000;

/** Whether somebody listens there, or nobody. */
function tryFile(path: string): Promise<"taken" | "refused"> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve("taken");
    });
    socket.once("error", (error) => {
      // Whatever else is wrong, nothing says that it may be removed.
      resolve(systemCodeOf(error) === "ECONNREFUSED" ? "refused" : "taken");
    });
  });
}

/** Removes the file of an address that is this node's own now. False: somebody listens there, or it is no socket. */
export async function clearFile(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(() => undefined);
  if (stats === undefined) return true;
  if (!stats.isSocket() || (await tryFile(path)) === "taken") return false;
  await unlink(path).catch(() => {});
  return true;
}

/** So many files are looked at at a time: every start of a node looks. */
const sweptMax = 8;

/** Removes files of others at which nobody listens, the oldest first. */
export async function sweepFiles(paths: readonly string[]): Promise<void> {
  const files = await Promise.all(
    paths.map(async (path) => ({ path, stats: await lstat(path).catch(() => undefined) })),
  );
  const old = files.flatMap(({ path, stats }) =>
    stats?.isSocket() === true && Date.now() - stats.ctimeMs > youngMs ? [{ path, atMs: stats.ctimeMs }] : [],
  );
  for (const { path } of old.sort((a, b) => a.atMs - b.atMs).slice(0, sweptMax)) {
    if ((await tryFile(path)) === "refused") await unlink(path).catch(() => {});
  }
}
