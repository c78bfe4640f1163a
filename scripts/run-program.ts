// Runs a program to its end and answers what it printed.
import { spawn } from "node:child_process";

/** @throws Error with the program's last words when it fails */
export async function runProgram(program: string, args: readonly string[], cwd: string): Promise<string> {
  const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
  const stop = (): void => void child.kill();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    if (code === 0) return Buffer.concat(output).toString("utf8");
    const words = Buffer.concat([...errors, ...output])
      .toString("utf8")
      .trim()
      .split("\n")
      .slice(-20)
      .join("\n");
    throw new Error(`${program} ${args[0] ?? ""} ended with ${code}:\n${words}`);
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}
