// One program on one engine: started, given a deadline, and its report read.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "../run-program.ts";
import type { Engine } from "./engines.ts";
import type { Report } from "./judge.ts";

/** @param folder for the files that engines are given */
export async function runScript(
  engine: Engine,
  script: string,
  name: string,
  folder: string,
): Promise<Report> {
  const executable = engine.executable!;
  const file = join(folder, engine.isBrowser ? `${name}.html` : `${name}.cjs`);
  writeFileSync(file, engine.isBrowser ? pageText(script) : script);
  return reportIn(await runProgram(executable, argumentsFor(engine, file), folder));
}

/** Runs a file of TypeScript as it is. */
export async function runStripped(engine: Engine, file: string, folder: string): Promise<Report> {
  const quiet = engine.name.startsWith("Node") ? ["--disable-warning=ExperimentalWarning"] : [];
  const flags = engine.name === "Node 22" ? [...quiet, "--experimental-strip-types"] : quiet;
  return reportIn(await runProgram(engine.executable!, [...flags, file], folder));
}

export async function versionOf(engine: Engine, folder: string): Promise<string> {
  const output = await runProgram(engine.executable!, ["--version"], folder);
  return output.match(/\d+(?:\.\d+)+/)?.[0] ?? output.trim();
}

function argumentsFor(engine: Engine, file: string): readonly string[] {
  if (engine.name === "Deno") return ["run", "--allow-env", "--no-lock", file];
  // The page is ours alone, and many containers have no room for Chromium's sandbox.
  if (engine.isBrowser)
    return [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--virtual-time-budget=60000",
      "--dump-dom",
      `file://${file}`,
    ];
  return [file];
}

function pageText(script: string): string {
  return `<!doctype html><meta charset="utf-8"><body><script>${script.replaceAll("</script", "<\\/script")}</script>`;
}

function reportIn(output: string): Report {
  const shown = output.match(/REPORT(.*)TROPER/s)?.[1];
  const text =
    shown === undefined
      ? output
      : shown.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
  return JSON.parse(text.trim()) as Report;
}
