// The packages as npm would publish them: tarballs in a temporary folder.
import { join } from "node:path";
import { run } from "./tool.ts";

export interface Packed {
  readonly name: string;
  /** Relative to the repository. */
  readonly folder: string;
  /** Absolute. */
  readonly tarball: string;
  readonly unpackedBytes: number;
  /** What is inside, relative to the package. */
  readonly files: readonly string[];
}

export const packageFolders = ["packages/schema", "runtime", "plugin", "packages/cli"];

/** One entry of `npm pack --json`, as far as it is read here. */
interface PackReport {
  readonly name: string;
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

/** Packs every package into `target`. @throws Error with what npm said when it fails */
export async function packAll(root: string, target: string): Promise<readonly Packed[]> {
  const workspaces = packageFolders.flatMap((folder) => ["--workspace", folder]);
  const args = ["pack", ...workspaces, "--json", "--loglevel=error", "--pack-destination", target];
  const { code, stdout, stderr } = await run("npm", args, root);
  if (code !== 0) throw new Error(`npm pack failed: ${stderr}`);
  // In the order of the workspaces; some versions of npm answer a list, others an object by package name.
  const reports = Object.values(JSON.parse(stdout) as Readonly<Record<string, PackReport>>);
  return reports.map((report, index) => ({
    name: report.name,
    folder: packageFolders[index] ?? "",
    tarball: join(target, report.filename),
    unpackedBytes: report.unpackedSize,
    files: report.files.map(({ path }) => path),
  }));
}
