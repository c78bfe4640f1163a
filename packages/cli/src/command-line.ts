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
      "Generates binary and JSON codecs for TypeScript types that cross the network, proves that they can, and runs " +
        "the nodes that exchange them.",
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
  addGraph(program, context, run);
  addExplain(program, context, run);
  addDecode(program, context, run);
  addKeygen(program, context, run);
  addNode(program, context, run);
  addMembers(program, context, run);
  addWhy(program, context, run);
  addTree(program, context, run);
  addJoin(program, context, run);
  addDrain(program, context, run);
  addLeave(program, context, run);
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

function addGraph(program: Command, context: Context, run: Run): void {
  projectCommand(
    program,
    "graph",
    "say which actors start, ask and tell which, and where asks go in a circle",
    help.graphHelp,
  )
    .option("--dot", "print a graph for Graphviz")
    .action((options) =>
      run(options, async () => (await import("./commands/graph.ts")).graph(options, context)),
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

/** Texts of an option that may be given several times. */
function collect(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text];
}

function addNode(program: Command, context: Context, run: Run): void {
  securityOptions(
    program
      .command("node")
      .description("run a node of a cluster, with an application or without one")
      .argument("[app]", "a module that exports start(cluster); JavaScript, or TypeScript from Node 22.18 on")
      .argument("[args...]", "what the application is given, behind --")
      .option(
        "--bind <host:port>",
        "where to take connections; port 0 is any that is free (default: 127.0.0.1:9100)",
      )
      .option("--advertise <host:port>", "under which address others reach it, where that is another one")
      .option(
        "--seeds <list>",
        "any members, with commas between; host:port, dns://name:port, dns+srv://name",
        collect,
      )
      .option("--name <name>", "what people call it")
      .option("--role <role>", "what it is there for; several times or with commas", collect)
      .option("--tag <key=value>", "anything else to be told of it; several times", collect)
      .option("--profile <name>", "local, lan or wan: how fast others are missed (default: lan)")
      .option("--policy <policy>", "for unreachable members: none, after:30s, static-quorum:3, keep-majority")
      .option(
        "--pulse <port>",
        "of the thread that answers while the loop is blocked (default: any); or off",
      ),
  )
    .option("--json", "print what happens as JSON, an object a line")
    .option("-q, --quiet", "print errors only")
    .addHelpText("after", help.nodeHelp)
    .action((app: string | undefined, args: readonly string[], options) =>
      run(options, async () => (await import("./commands/node.ts")).node(app, args, options, context)),
    );
}

function securityOptions(command: Command): Command {
  return command
    .option("--secret-file <file>", "the secret of the cluster; or HEWN_SECRET, HEWN_SECRET_FILE")
    .option("--cert <file>", "a certificate instead of a secret, with --key and --ca")
    .option("--key <file>", "the key of the certificate")
    .option("--ca <file>", "the authority that signs the cluster's certificates")
    .option("--insecure", "speak in plaintext beyond this machine");
}

/** A command that asks a node. */
function askingCommand(program: Command, name: string, description: string, details: string): Command {
  const command = program
    .command(name)
    .description(description)
    .option("-n, --node <name>", "which of your nodes on this machine, by name or address")
    .option("--at <host:port>", "a node anywhere, over the network");
  return securityOptions(command)
    .option("--json", "print one JSON object on stdout and nothing else")
    .option("-q, --quiet", "print errors and data only")
    .addHelpText("after", details);
}

function addMembers(program: Command, context: Context, run: Run): void {
  askingCommand(program, "members", "list who is in the cluster, as a node sees it", help.membersHelp)
    .option("-w, --watch", "go on while it changes, until Ctrl-C")
    .option("-a, --all", "also those that have been gone for long")
    .action((options) =>
      run(options, async () => (await import("./commands/members.ts")).members(options, context)),
    );
}

function addWhy(program: Command, context: Context, run: Run): void {
  askingCommand(program, "why", "say why a member is what it is said to be", help.whyHelp)
    .argument("<member>", "its name, its address, or the first digits of its instance")
    .action((which: string, options) =>
      run(options, async () => (await import("./commands/why.ts")).why(which, options, context)),
    );
}

function addTree(program: Command, context: Context, run: Run): void {
  askingCommand(program, "tree", "show who is supervised, where, and why it was restarted", help.treeHelp)
    .option("-w, --watch", "go on while it changes, until Ctrl-C")
    .action((options) =>
      run(options, async () => (await import("./commands/tree.ts")).tree(options, context)),
    );
}

function addJoin(program: Command, context: Context, run: Run): void {
  askingCommand(program, "join", "give a running node further addresses to join by", help.joinHelp)
    .argument("<seeds...>", "any members: host:port, dns://name:port, dns+srv://name")
    .action((seeds: readonly string[], options) =>
      run(options, async () => (await import("./commands/join.ts")).join(seeds, options, context)),
    );
}

function addDrain(program: Command, context: Context, run: Run): void {
  askingCommand(program, "drain", "have a running node hand its supervised children over", help.drainHelp)
    .argument("[node]", "which of your nodes on this machine, by name or address")
    .action((which: string | undefined, options) =>
      run(options, async () => (await import("./commands/drain.ts")).drain(which, options, context)),
    );
}

function addLeave(program: Command, context: Context, run: Run): void {
  askingCommand(program, "leave", "have a running node say goodbye, and end", help.leaveHelp).action(
    (options) => run(options, async () => (await import("./commands/leave.ts")).leave(options, context)),
  );
}

function ownVersion(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}
