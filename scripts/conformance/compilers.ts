// Whether generated code passes every compiler that users have, with every strict flag that the compiler knows.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { wireDirectory } from "../bless/wire-fixtures.ts";
import { runProgram } from "../run-program.ts";
import { enginesFolder } from "./engines.ts";
import type { Report } from "./judge.ts";

export interface Compiler {
  readonly name: string;
  /** `5.4`. */
  readonly version: string;
  /** The folder of its package; undefined where it is not to be had. */
  readonly folder: string | undefined;
}

export function compilers(): readonly Compiler[] {
  return ["5.4", "5.9", "6.0", "7.0"].map((version) => {
    const folder = join(enginesFolder, `node_modules/typescript-${version}`);
    return { name: `TypeScript ${version}`, version, folder: existsSync(folder) ? folder : undefined };
  });
}

/** Options by the first version that knows them; those without one are older than all. */
const options: readonly { readonly since?: string; readonly set: Readonly<Record<string, unknown>> }[] = [
  {
    set: {
      target: "es2022",
      module: "nodenext",
      moduleResolution: "nodenext",
      lib: ["es2023", "dom"],
      types: [],
      noEmit: true,
      allowImportingTsExtensions: true,
      declaration: true,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noImplicitOverride: true,
      noImplicitReturns: true,
      noFallthroughCasesInSwitch: true,
      noPropertyAccessFromIndexSignature: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      allowUnreachableCode: false,
      verbatimModuleSyntax: true,
      isolatedModules: true,
      // Not strict: the hooks of actors, which have no place in declarations, need it beside isolatedDeclarations.
      stripInternal: true,
      skipLibCheck: true,
    },
  },
  { since: "5.5", set: { isolatedDeclarations: true } },
];

function configText(version: string): string {
  const known = options.filter(({ since }) => since === undefined || since <= version).map(({ set }) => set);
  const config = { compilerOptions: Object.assign({}, ...known), include: [join(wireDirectory, "**/*.ts")] };
  return JSON.stringify(config, undefined, 2);
}

/** Type-checks fixtures/wire; each error is a failure. */
export async function compileFixtures(compiler: Compiler, folder: string): Promise<Report> {
  mkdirSync(folder, { recursive: true });
  const config = join(folder, `tsconfig.${compiler.version}.json`);
  writeFileSync(config, configText(compiler.version));
  const output = await runProgram(
    process.execPath,
    [join(compiler.folder!, "bin/tsc"), "-p", config, "--pretty", "false", "--listFilesOnly"],
    folder,
  );
  const files = output.split("\n").filter((line) => line.includes(wireDirectory));
  try {
    await runProgram(
      process.execPath,
      [join(compiler.folder!, "bin/tsc"), "-p", config, "--pretty", "false"],
      folder,
    );
    return { checks: files.length, failures: [] };
  } catch (error) {
    const lines = error instanceof Error ? error.message.split("\n").slice(1) : [String(error)];
    return { checks: files.length, failures: lines.filter((line) => !isOfNewerSource(compiler, line)) };
  }
}

/** Sources of fixtures may say `Uint8Array<ArrayBuffer>`, which compilers before 5.7 do not know; codecs never do. */
function isOfNewerSource({ version }: Compiler, line: string): boolean {
  return version < "5.7" && /\/input\.ts\(.* TS2315: Type '\w+Array' is not generic\.$/.test(line);
}

export function compilerVersion({ folder }: Compiler): string {
  const manifest = readFileSync(join(folder!, "package.json"), "utf8");
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
