// `hewn keygen`: a new secret for a cluster. Needs no project, and keeps the secret out of everybody else's sight.
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { newClusterSecret } from "@hewn/runtime/node";
import { ConfigurationError } from "../configuration-error.ts";
import type { CommonOptions, Context } from "../context.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";

export interface KeygenOptions extends CommonOptions {
  readonly out?: string;
}

/** To be read and written by the user alone. */
const ownerOnly = 0o600;

export async function keygen(options: KeygenOptions, context: Context): Promise<ExitCode> {
  const { terminal } = context;
  const secret = newClusterSecret();
  if (options.out === undefined) {
    terminal.out(options.json ? JSON.stringify({ ok: true, secret }) : secret);
    return exitCode.ok;
  }
  const file = resolve(context.directory, options.out);
  await writeNew(file, `${secret}\n`, context.shown(file));
  if (options.json) terminal.out(JSON.stringify({ ok: true, file: context.shown(file) }));
  else if (!options.quiet) terminal.err(`hewn: wrote a new secret to ${context.shown(file)}`);
  return exitCode.ok;
}

/** Never over a file that is there: a secret that is in use and gone locks nodes out. */
async function writeNew(file: string, text: string, shown: string): Promise<void> {
  try {
    const handle = await open(file, "wx", ownerOnly);
    try {
      await handle.chmod(ownerOnly);
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EEXIST") {
      throw new ConfigurationError(`${shown} is there already, and may be in use.`, {
        fix: "Name another file. While secrets change, nodes take a file with both, the one to dial with first.",
      });
    }
    throw new ConfigurationError(`${shown} cannot be written (${String(code ?? error)}).`);
  }
}
