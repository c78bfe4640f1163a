// The application of a node: a module, which Node itself loads.
import { existsSync } from "node:fs";
import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type JoinOptions, type NodeCluster, printable } from "@hewn/runtime/node";
import { ConfigurationError } from "../configuration-error.ts";
import type { Context } from "../context.ts";

/** What an application is told besides its node. */
export interface AppContext {
  /** Behind `--` on the command line. */
  readonly args: readonly string[];
  /** Aborted when the node is to leave. */
  readonly signal: AbortSignal;
}

export interface App {
  /** What it returns is called when the node is to leave, if it is a function. */
  readonly start?: (cluster: NodeCluster, context: AppContext) => unknown;
  readonly types?: NonNullable<JoinOptions["types"]>;
  readonly actors?: NonNullable<JoinOptions["actors"]>;
}

const typescript: ReadonlySet<string> = new Set([".ts", ".mts", ".cts"]);

/** Codes of Node's where it cannot run a TypeScript source, and what to do. */
const typescriptFaults: Readonly<Record<string, string>> = {
  ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX:
    "Node only strips types: enums, namespaces and parameter properties are code. Compile it, or write it without.",
  ERR_INVALID_TYPESCRIPT_SYNTAX: "It does not parse as TypeScript: tsc says where.",
  ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING: "Node strips no types in node_modules: name a compiled file.",
};

/** @throws ConfigurationError where there is no such module, or Node cannot load it */
export async function loadApp(name: string, { directory, shown }: Context): Promise<App> {
  const file = resolve(directory, name);
  if (!existsSync(file)) throw new ConfigurationError(`There is no file ${shown(file)}.`);
  if (typescript.has(extname(file)) && !stripsTypes()) {
    throw new ConfigurationError(
      `${shown(file)} is TypeScript, which Node ${process.versions.node} does not run.`,
      {
        fix: "Take Node 22.18 or newer, or compile it and name the JavaScript.",
      },
    );
  }
  const module = await load(file, shown(file));
  const { start, types, actors } = module;
  if (start !== undefined && typeof start !== "function")
    throw new ConfigurationError(`What ${shown(file)} exports as start is no function.`);
  if (types !== undefined && !Array.isArray(types))
    throw new ConfigurationError(`What ${shown(file)} exports as types is no array of codecs.`);
  if (actors !== undefined && !Array.isArray(actors))
    throw new ConfigurationError(`What ${shown(file)} exports as actors is no array of actors.`);
  return module as App;
}

function stripsTypes(): boolean {
  const { typescript } = process.features as { readonly typescript?: "strip" | "transform" | false };
  return typescript === "strip" || typescript === "transform";
}

async function load(file: string, shown: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const fix = Object.hasOwn(typescriptFaults, code) ? typescriptFaults[code]! : undefined;
    const text = error instanceof Error ? (error.stack ?? error.message) : printable(String(error));
    throw new ConfigurationError(`${shown} cannot be loaded: ${fix === undefined ? text : firstLine(text)}`, {
      ...(fix !== undefined && { fix }),
    });
  }
}

function firstLine(text: string): string {
  return printable(text.split("\n").find((line) => /Error/.test(line)) ?? text);
}
