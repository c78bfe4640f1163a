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

/** Removes those files of others at which nobody listens. */
export async function sweepFiles(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const stats = await lstat(path).catch(() => undefined);
    if (stats?.isSocket() !== true || Date.now() - stats.ctimeMs < youngMs) continue;
    if ((await tryFile(path)) === "refused") await unlink(path).catch(() => {});
  }
}
