// What becomes of the generated codecs: checked by tsc under every strict flag, bundled as one and imported.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import ts from "typescript";
import type { Generation } from "./generation.ts";
import { repository } from "./package-config.ts";
import { sourceOf, type Workspace } from "./workspace.ts";

/** The functions of one type. */
export interface Codec {
  readonly encode: (value: unknown) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => unknown;
  readonly stringify: (value: unknown) => string;
  readonly parse: (text: string) => unknown;
  readonly is: (value: unknown) => boolean;
  readonly explain: (value: unknown) => { readonly path: string; readonly expected: string } | undefined;
}

export function writeCodecs({ modules }: Generation): void {
  for (const { generated } of modules) ts.sys.writeFile(generated.codec, generated.text);
}

/** What tsc has to say of sources and codecs. */
export function typeErrors(workspace: Workspace, { modules }: Generation): readonly string[] {
  const files = modules.flatMap(({ generated }) => [generated.source, generated.codec]);
  const program = workspace.program(files);
  const found = files.flatMap((name) => {
    const file = sourceOf(program, name);
    return [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
      ...program.getDeclarationDiagnostics(file),
    ];
  });
  return [...program.getOptionsDiagnostics(), ...found].map(({ file, start, code, messageText }) => {
    const { line } = file?.getLineAndCharacterOfPosition(start ?? 0) ?? { line: -1 };
    const text = ts.flattenDiagnosticMessageText(messageText, "\n");
    return `${file?.fileName.split("/").at(-1)}:${line + 1} TS${code} ${text}`;
  });
}

/** The codecs of each module, by the types' names. One bundle, so that all share one runtime. */
export async function importCodecs(
  workspace: Workspace,
  { modules }: Generation,
): Promise<readonly ReadonlyMap<string, Codec>[]> {
  const lines = modules.map(({ module }, index) => `export * as m${index} from "./${module.slug}.codec.js";`);
  const entry = workspace.write("src/all-codecs.ts", lines.join("\n"));
  const outfile = workspace.path("all.mjs");
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "silent",
    alias: {
      "@hewn/runtime/codec": join(repository, "runtime/src/codec/index.ts"),
      "#text": join(repository, "runtime/src/codec/text.node.ts"),
    },
  });
  const all = (await import(pathToFileURL(outfile).href)) as Record<string, Record<string, unknown>>;
  return modules.map(({ accepted }, index) => {
    const functions = all[`m${index}`] ?? {};
    return new Map(accepted.map((name) => [name, codecOf(functions, name)]));
  });
}

function codecOf(functions: Readonly<Record<string, unknown>>, name: string): Codec {
  const prefixes = ["encode", "decode", "stringify", "parse", "is", "explain"];
  return Object.fromEntries(prefixes.map((prefix) => [prefix, functions[prefix + name]])) as unknown as Codec;
}
