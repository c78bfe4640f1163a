// The two streams of a command: data alone on stdout, everything else on stderr, colours where a person reads.
import { styleText } from "node:util";

type Format = Parameters<typeof styleText>[0];

export interface Terminal {
  /** Writes data, a line or several. */
  out(text: string): void;
  /** Writes what is said about the work: progress, warnings, errors of usage. */
  err(text: string): void;
  /** Styles text for stdout; leaves it plain when that is no terminal, under NO_COLOR and after --no-color. */
  styleOut(format: Format, text: string): string;
  styleErr(format: Format, text: string): string;
  /** Columns of stdout and of stderr; undefined where they are no terminals. */
  readonly width?: number | undefined;
  readonly errWidth?: number | undefined;
  /** Lines of stdout; undefined where it is no terminal. */
  readonly height?: number | undefined;
  /** Whether stdout takes colours. */
  readonly colors: boolean;
  /** Whether stderr is a terminal on which a line may be rewritten. */
  readonly interactive: boolean;
  /** Asks whoever sits at the terminal; undefined where nobody does. */
  readonly ask: ((question: string) => Promise<boolean>) | undefined;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  return {
    out: (text) => void stdout.write(`${text}\n`),
    err: (text) => void stderr.write(`${text}\n`),
    styleOut: (format, text) => styleText(format, text, { stream: stdout }),
    styleErr: (format, text) => styleText(format, text, { stream: stderr }),
    width: stdout.isTTY ? stdout.columns : undefined,
    errWidth: stderr.isTTY ? stderr.columns : undefined,
    height: stdout.isTTY ? stdout.rows : undefined,
    colors: styleText("red", "x", { stream: stdout }) !== "x",
    interactive: stderr.isTTY === true && process.env["CI"] === undefined,
    ask: process.stdin.isTTY === true && stderr.isTTY === true ? askOnTerminal : undefined,
  };
}

/** No is the answer to everything but yes; Ctrl-C ends the process as an interrupted one. */
async function askOnTerminal(question: string): Promise<boolean> {
  const { createInterface } = await import("node:readline");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    lines.once("SIGINT", () => {
      process.stderr.write("\n");
      process.exit(130);
    });
    lines.once("close", () => resolve(false));
    lines.question(`${question} [y/N] `, (answer) => {
      resolve(/^y(?:es)?$/i.test(answer.trim()));
      lines.close();
    });
  });
}
