// Where the input of `hewn decode` comes from: the command line, a file, or stdin.
import { type Stats, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { ConfigurationError } from "../../configuration-error.ts";
import type { Context } from "../../context.ts";
import { reasonOf } from "../../read-file.ts";
import { type Asked, type Detected, detectContent, detectText, isMessage } from "./detect.ts";
import { TextFault } from "./text-bytes.ts";

export interface SourceOptions {
  readonly hex?: boolean;
  readonly base64?: boolean;
  readonly binary?: boolean;
  readonly file?: boolean;
}

export interface Input extends Detected {
  /** For people: `the argument`, `stdin`, or the name of the file. */
  readonly from: string;
}

/** Input beyond this is refused: it could not be decoded in a reasonable time or memory anyway. */
export const inputBytesMax = 256 * 1024 * 1024;

/** @throws ConfigurationError when there is no input, or it cannot be read */
export async function readInput(
  inputs: readonly string[],
  options: SourceOptions,
  context: Context,
): Promise<Input> {
  const wanted = wantedEncoding(options);
  const [first] = inputs;
  if (first === undefined || (first === "-" && inputs.length === 1)) {
    if (options.file && first === undefined) throw new ConfigurationError("--file needs the name of a file.");
    return content(await readStdin(context), wanted, "stdin");
  }
  if (inputs.join("").trim() === "") throw new ConfigurationError("There is nothing in the argument.");
  if (options.file || wanted === "binary") {
    if (inputs.length > 1) throw new ConfigurationError("Only one file can be decoded at a time.");
    return content(await readNamed(first, context), wanted, first);
  }
  if (wanted === undefined && inputs.length === 1 && statOf(first, context) !== undefined)
    return withDoubt(content(await readNamed(first, context), wanted, first), first);
  return argument(inputs.join(" "), wanted, context);
}

function wantedEncoding({ hex, base64, binary }: SourceOptions): Asked | undefined {
  const wanted: Asked[] = [];
  if (hex) wanted.push("hex");
  if (base64) wanted.push("base64");
  if (binary) wanted.push("binary");
  if (wanted.length > 1) throw new ConfigurationError(`--${wanted.join(" and --")} exclude each other.`);
  return wanted[0];
}

function content(bytes: Uint8Array, wanted: Asked | undefined, from: string): Input {
  if (bytes.length === 0) throw new ConfigurationError(`There is nothing in ${from}.`);
  try {
    return { ...detectContent(bytes, wanted), from };
  } catch (error) {
    if (!(error instanceof TextFault)) throw error;
    throw new ConfigurationError(`The text in ${from} cannot be read: ${error.message}.`, {
      fix: "--binary takes it for MessagePack itself.",
    });
  }
}

function argument(text: string, wanted: "hex" | "base64" | undefined, context: Context): Input {
  try {
    return { ...detectText(text, wanted), from: "the argument" };
  } catch (error) {
    if (!(error instanceof TextFault)) throw error;
    const isFile = wanted !== undefined && statOf(text, context) !== undefined;
    const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
    throw new ConfigurationError(
      wanted === undefined
        ? `${shown} is no file, and ${error.message}.`
        : `${shown} is no ${wanted}: ${error.message}.`,
      isFile ? { fix: "There is a file of this name: add --file." } : {},
    );
  }
}

/** A file whose name could as well be the bytes. */
function withDoubt(input: Input, name: string): Input {
  try {
    const { encoding, bytes } = detectText(name);
    if (encoding === "base64" && !isMessage(bytes)) return input;
    const way =
      encoding === "decimal"
        ? "brackets around it have it read as numbers"
        : `--${encoding} takes the text itself`;
    const doubt = `${name} is a file, and was read; ${way}`;
    return { ...input, notes: [...input.notes, doubt] };
  } catch (error) {
    if (error instanceof TextFault) return input;
    throw error;
  }
}

function statOf(name: string, { directory }: Context): Stats | undefined {
  try {
    return statSync(resolve(directory, name), { throwIfNoEntry: false });
  } catch {
    // A name that the system does not take, such as a long run of hex digits.
    return undefined;
  }
}

async function readNamed(name: string, context: Context): Promise<Uint8Array> {
  const path = resolve(context.directory, name);
  try {
    const stats = statOf(name, context);
    if (stats?.isDirectory()) throw new ConfigurationError("It is a directory.", { place: { file: path } });
    if (stats?.isFile() && stats.size > inputBytesMax) throw tooLong(name);
    return await readFile(path);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    const reason = reasonOf(error);
    const why = reason === "ENOENT" ? "There is no such file" : `Cannot read it: ${reason}`;
    throw new ConfigurationError(`${why}.`, { place: { file: path } });
  }
}

async function readStdin({ terminal }: Context): Promise<Uint8Array> {
  if (process.stdin.isTTY) terminal.err("hewn: reading what you type or paste; Ctrl-D ends it");
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > inputBytesMax) throw tooLong("stdin");
  }
  return Buffer.concat(chunks);
}

function tooLong(from: string): ConfigurationError {
  return new ConfigurationError(`There are more than ${inputBytesMax} bytes in ${from}.`, {
    fix: "Cut out what matters, with dd or head -c.",
  });
}
