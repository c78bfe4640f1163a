// Runs one of the project's own tools and answers what it printed.
import { spawn } from "node:child_process";
import { join } from "node:path";

export interface ToolResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a JavaScript file of `node_modules` on this very Node, in the project's root. */
export function runTool(root: string, script: string, args: readonly string[]): Promise<ToolResult> {
  return run(process.execPath, [join(root, "node_modules", script), ...args], root);
}

/** Runs a program to its end. A program that cannot be started answers code 127 and the reason. */
export function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ToolResult> {
  const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: 127, stdout, stderr: `${stderr}${error.message}` }));
    child.once("close", (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
}
