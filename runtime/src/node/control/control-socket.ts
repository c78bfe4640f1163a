// A node's local control socket: a transport of its own, which knows the messages of control and nothing else, so that
// whoever comes this way is nobody's peer, and no rebirth of the node concerns it.

import { createHash, randomBytes } from "node:crypto";
import { type ControlServer, controlReplies, controlRequests } from "../../cluster/control/index.ts";
import { Catalogue, openTransport } from "../../transport/index.ts";
import { NetworkError } from "../network-error.ts";
import { controlSocketPath, controlSockets, prepareControlDirectory } from "./control-directory.ts";
import { LocalHost } from "./local-host.ts";
import { clearFile, sweepFiles } from "./socket-file.ts";

export interface ControlSocketOptions {
  /** Of the file: the address under which others reach the node. */
  readonly name: string;
  /** Where XDG_RUNTIME_DIR and TMPDIR are looked up. Default: the environment of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface ControlSocket {
  readonly path: string;
  /** Sends what was answered, closes all connections and removes the file. */
  close(): Promise<void>;
}

/** What a node takes from a command: questions are short. */
const takes = { messageLengthMax: 64 * 1024, windowBytes: 64 * 1024, windowMessages: 64, assembliesMax: 1 };

/** What both ends of a local socket speak. */
export function controlTerms() {
  const catalogue = new Catalogue([controlRequests, controlReplies]);
  return {
    instance: randomBytes(8).readBigUInt64BE(),
    catalogue,
    catalogueDigest: createHash("sha256").update(catalogue.text).digest("base64url"),
  };
}

/**
 * Lets the user's commands reach a node.
 * @throws NetworkError where there is no private directory for the socket, or another process has its file
 */
export async function openControlSocket(
  server: ControlServer,
  { name, environment = process.env }: ControlSocketOptions,
): Promise<ControlSocket> {
  const directory = await prepareControlDirectory(environment);
  await sweepFiles(await controlSockets(environment));
  const path = controlSocketPath(directory, name);
  if (!(await clearFile(path)))
    throw new NetworkError("unavailable", `${path} belongs to another process already`);
  const transport = await openTransport({
    ...controlTerms(),
    host: new LocalHost(path),
    listen: { host: "localhost", port: 1 },
    takes,
    pendingHandshakesMax: 16,
  });
  transport.onMessage(controlRequests, (request, peer) => server.asked(request, peer, true));
  return {
    path,
    close: async () => {
      await server.settled();
      await transport.close();
    },
  };
}
