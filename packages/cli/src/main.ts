#!/usr/bin/env node
// The `hewn` command.
import { enableCompileCache } from "node:module";
import { runCommandLine } from "./command-line.ts";
import { reportCrash } from "./failure.ts";
import { shownFrom } from "./paths.ts";
import { processTerminal } from "./terminal.ts";

// The compiler is loaded later, and compiled once for all runs; what is cached is Node's to keep and to forget.
enableCompileCache();

const args = process.argv.slice(2);
const colorless = args.indexOf("--no-color");
if (colorless >= 0) {
  args.splice(colorless, 1);
  delete process.env["FORCE_COLOR"];
  process.env["NO_COLOR"] = "1";
}

// A reader that has seen enough, such as `head`, closes the pipe: what is left to say is dropped, quietly.
process.stdout.on("error", (error) => {
  if (!("code" in error) || error.code !== "EPIPE") throw error;
});

const directory = process.cwd();
const startedMs = performance.now();
const context = {
  terminal: processTerminal(),
  directory,
  shown: shownFrom(directory),
  elapsedMs: () => Math.round(performance.now() - startedMs),
};

try {
  process.exitCode = await runCommandLine(args, context);
} catch (error) {
  process.exitCode = reportCrash(context, error);
}
