// Gate: every source file is reached from an entry point: what a package exports or installs as a command, a script
// named in package.json, a configuration file, or a test. Code that only tests reach is dead too, unless it says by
// its name that it is for tests.
import type { Gate, Violation } from "./gate.ts";
import { manifestsOf, sourcesOf } from "./manifest.ts";
import { type ModuleGraph, moduleGraph } from "./module-graph.ts";
import type { Project } from "./project.ts";
import { isGenerated, isTest, isTestSupport } from "./source-file.ts";

export const deadFilesGate: Gate = {
  name: "dead-files",
  about: "every source file is reached from an entry point of a package, a script or a test",
  run: deadFiles,
};

export function deadFiles(project: Project): readonly Violation[] {
  const graph = moduleGraph(project);
  const alive = reached(graph, entryPoints(project));
  const tested = reached(graph, [...graph.modules.filter(isTest), ...alive]);
  return graph.modules.flatMap((file) => {
    if (alive.has(file) || isTest(file) || isGenerated(project, file)) return [];
    if (!tested.has(file)) return [{ file, line: 1, message: "nobody imports it and it is no entry point" }];
    if (isTestSupport(file)) return [];
    return [{ file, line: 1, message: "only tests reach it; name it x.testing.ts if that is meant" }];
  });
}

function entryPoints(project: Project): readonly string[] {
  const known = new Set(project.files);
  const ofPackages = manifestsOf(project).flatMap((manifest) =>
    [manifest.exports, manifest.imports, manifest.bin].flatMap((entries) => sourcesOf(manifest, entries)),
  );
  const ofScripts = manifestsOf(project).flatMap(({ scripts }) =>
    Object.values(scripts).flatMap((command) => command.split(/[\s;&|]+/)),
  );
  const ofConfiguration = project.files
    .filter((file) => /^[^/]+\.m?[jt]s$/.test(file))
    .flatMap((file) =>
      [...project.read(file).matchAll(/<rootDir>\/([\w./-]+)/g)].map((match) => match[1] ?? ""),
    );
  return [...ofPackages, ...ofScripts, ...ofConfiguration].filter((file) => known.has(file));
}

function reached(graph: ModuleGraph, entries: readonly string[]): ReadonlySet<string> {
  const seen = new Set(entries);
  const queue = [...seen];
  for (const file of queue) {
    for (const { from, to } of graph.edges) {
      if (from !== file || to === undefined || seen.has(to)) continue;
      seen.add(to);
      queue.push(to);
    }
  }
  return seen;
}
