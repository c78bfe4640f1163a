// Whether somebody listens at a socket's file. A process that was killed leaves its file behind; only a refused connect
// proves that it is nobody's, and only then is it removed.

import { lstat, unlink } from "node:fs/promises";
import { connect } from "node:net";
import { systemCodeOf } from "../stream-failure.ts";

/** Between its bind and its listen a socket refuses, too: a file that is younger than this is left alone, in milliseconds. */
const youngMs = 5_000;

/** Fulfilled with `refused` where nobody listens, `taken` where somebody does, `absent` where there is no file. */
export function tryFile(path: string): Promise<"taken" | "refused" | "absent"> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve("taken");
    });
    socket.once("error", (error) => {
      const code = systemCodeOf(error);
      // Whatever else is wrong, nothing says that it may be removed.
      resolve(code === "ENOENT" ? "absent" : code === "ECONNREFUSED" ? "refused" : "taken");
    });
  });
}

/** Removes the file of an address that is this node's own now. False: somebody listens there. */
export async function clearFile(path: string): Promise<boolean> {
  const found = await tryFile(path);
  if (found === "refused") await unlink(path).catch(() => {});
  return found !== "taken";
}

/** Removes those files of others at which nobody listens. */
export async function sweepFiles(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const stats = await lstat(path).catch(() => undefined);
    if (stats?.isSocket() !== true || Date.now() - stats.ctimeMs < youngMs) continue;
    if ((await tryFile(path)) === "refused") await unlink(path).catch(() => {});
  }
}
