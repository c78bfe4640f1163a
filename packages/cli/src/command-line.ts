// The command line: which commands and options there are. The work is loaded when a command runs, so that
// `hewn --help` answers at once.
import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import type { CommonOptions, Context } from "./context.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { guarded } from "./failure.ts";
import * as help from "./help.ts";

/** Runs one command line, without the name of the program; the answer is the exit code. */
export async function runCommandLine(args: readonly string[], context: Context): Promise<ExitCode> {
  let code: ExitCode = exitCode.ok;
  const program = describeCommands(context, async (options, work) => {
    code = await guarded(context, options, work);
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
  }
}

type Run = (options: CommonOptions, work: () => Promise<ExitCode>) => Promise<void>;

function describeCommands(context: Context, run: Run): Command {
  const program = new Command("hewn")
    .description(
      "Generates binary and JSON codecs for TypeScript types that cross the network, and proves that they can.",
    )
    .version(ownVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this, or the help of a command")
    .option("--no-color", "no colours (with any command)")
    .helpCommand("help [command]", "print the help of a command")
    .addHelpText("after", help.overview)
    .showSuggestionAfterError()
    .showHelpAfterError("Run `hewn --help` for the commands and options.")
    .configureOutput({ writeErr: (text) => process.stderr.write(text) })
    .exitOverride();
  addGenerate(program, context, run);
  addCheck(program, context, run);
  addFix(program, context, run);
  addLock(program, context, run);
  addExplain(program, context, run);
  addDecode(program, context, run);
  addKeygen(program, context, run);
  return program;
}

/** A command that looks at a project. */
function projectCommand(program: Command, name: string, description: string, details: string): Command {
  return program
    .command(name)
    .description(description)
    .option(
      "-p, --project <tsconfig>",
      "a tsconfig file, or the directory that holds one (default: the nearest)",
    )
    .option("--json", "print one JSON object on stdout and nothing else")
    .option("-q, --quiet", "print errors only")
    .addHelpText("after", details);
}

function addGenerate(program: Command, context: Context, run: Run): void {
  projectCommand(
    program,
    "generate",
    "write the codecs of all wire types beside their sources",
    help.generateHelp,
  )
    .option("--check", "write nothing; fail when a codec is missing, out of date or left over")
    .option("-w, --watch", "go on generating while files change, until Ctrl-C")
    .action((options) =>
      run(options, async () => (await import("./commands/generate.ts")).generate(options, context)),
    );
}

function addCheck(program: Command, context: Context, run: Run): void {
  projectCommand(
    program,
    "check",
    "say whether every wire type can cross a network; write nothing",
    help.checkHelp,
  ).action((options) =>
    run(options, async () => (await import("./commands/check.ts")).check(options, context)),
  );
}

function addFix(program: Command, context: Context, run: Run): void {
  projectCommand(program, "fix", "mend what can be mended mechanically, after showing it", help.fixHelp)
    .argument("[files...]", "only what is reported in these files or directories (default: all)")
    .option("-y, --yes", "write without asking")
    .option("-n, --dry-run", "show the difference and write nothing")
    .action((files: readonly string[], options) =>
      run(options, async () => (await import("./commands/fix.ts")).fix(files, options, context)),
    );
}

function addLock(program: Command, context: Context, run: Run): void {
  projectCommand(program, "lock", "create or update wire.lock, then the codecs", help.lockHelp)
    .option("--check", "write nothing; fail when wire.lock is out of date")
    .option("--force", "accept changes that break compatibility")
    .action((options) =>
      run(options, async () => (await import("./commands/lock.ts")).lock(options, context)),
    );
}

function addExplain(program: Command, context: Context, run: Run): void {
  program
    .command("explain")
    .argument("[code]", "a diagnostic's code, such as HEWN1001")
    .description("explain a diagnostic: the rule, the reason, what to write instead")
    .option("--json", "print one JSON object on stdout and nothing else")
    .addHelpText("after", help.explainHelp)
    .action((code: string | undefined, options) =>
      run(options, async () => (await import("./commands/explain.ts")).explain(code, options, context)),
    );
}

function addDecode(program: Command, context: Context, run: Run): void {
  projectCommand(
    program,
    "decode",
    "say what is in a message: its value, or its bytes one by one",
    help.decodeHelp,
  )
    .argument("[input...]", "hex, base64, the name of a file, or - for stdin (the default)")
    .option("-t, --type <name>", "a wire type of the project: Order, or src/orders.ts#Order")
    .option("-g, --guess", "find the type of the project that fits best")
    .option("-a, --annotate", "list the items: offset, bytes, format, field, value")
    .option("--all", "decode what follows the message as further messages")
    .option("--offset <bytes>", "where in the input the message begins, such as 64 or 0x40")
    .option("--length <bytes>", "how many bytes from there on count")
    .option("--hex", "the input is hex, or a dump of hex")
    .option("--base64", "the input is base64")
    .option("--binary", "the file or stdin is MessagePack itself")
    .option("--file", "the input is the name of a file")
    .action((inputs: readonly string[], options) =>
      run(options, async () => (await import("./commands/decode.ts")).decode(inputs, options, context)),
    );
}

function addKeygen(program: Command, context: Context, run: Run): void {
  program
    .command("keygen")
    .description("make a secret that the nodes of a cluster know each other by")
    .option("-o, --out <file>", "write it to a new file that only its owner can read")
    .option("--json", "print one JSON object on stdout and nothing else")
    .option("-q, --quiet", "print errors only")
    .addHelpText("after", help.keygenHelp)
    .action((options) =>
      run(options, async () => (await import("./commands/keygen.ts")).keygen(options, context)),
    );
}

function ownVersion(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}
