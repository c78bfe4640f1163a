// Gate: imports go downwards only, and each layer takes from other packages what the table grants it.
import { posix } from "node:path";
import type { Gate, Violation } from "./gate.ts";
import { type Layer, layerOf, layers, reach } from "./layer-table.ts";
import { manifestsOf, ownerOf } from "./manifest.ts";
import { type Edge, moduleGraph } from "./module-graph.ts";
import type { Project } from "./project.ts";
import { isTest, isTestSupport } from "./source-file.ts";

export const layersGate: Gate = {
  name: "layers",
  about: "who may import whom, and which packages (scripts/check/layer-table.ts)",
  run: (project) => brokenLayers(project, layers),
};

export function brokenLayers(project: Project, table: readonly Layer[]): readonly Violation[] {
  const { modules, edges } = moduleGraph(project);
  const homeless = modules
    .filter((file) => !layerOf(table, file))
    .map((file) => ({
      file,
      line: 1,
      message: "stands in no layer; give its folder a row in scripts/check/layer-table.ts",
    }));
  const broken = edges.flatMap((edge) => {
    if (edge.kind === "name") return [];
    const message = edge.external === undefined ? judgeFile(table, edge) : judgePackage(project, table, edge);
    return message === undefined ? [] : [{ file: edge.from, line: edge.line, message }];
  });
  return [...homeless, ...broken];
}

function forTests(file: string): boolean {
  return isTest(file) || isTestSupport(file);
}

function judgeFile(table: readonly Layer[], edge: Edge): string | undefined {
  const from = layerOf(table, edge.from);
  if (edge.to === undefined) {
    const path = posix.join(posix.dirname(edge.from), edge.specifier);
    const isMade = from?.made !== undefined && path.startsWith(from.made);
    return isMade ? undefined : `imports '${edge.specifier}', which is no file here`;
  }
  // Scripts are no part of a package; what blesses goldens stands on the same support as what tests them.
  if (forTests(edge.from) || (from?.name === "scripts" && isTestSupport(edge.to))) return undefined;
  if (forTests(edge.to)) return `imports '${edge.specifier}', which only tests may import`;
  const to = layerOf(table, edge.to);
  if (!from || !to || reach(table, from).has(to.name)) return undefined;
  const typesOnly = from.on.includes(`type ${to.name}`);
  if (typesOnly && edge.kind === "type") return undefined;
  return `${from.name} may not import ${to.name}${typesOnly ? " except with 'import type'" : ""} ('${edge.specifier}')`;
}

function judgePackage(project: Project, table: readonly Layer[], edge: Edge): string | undefined {
  const name = edge.external ?? "";
  const layer = layerOf(table, edge.from);
  if (!layer || forTests(edge.from) || layer.exceptions?.[edge.from]?.includes(name)) return undefined;
  if (name.startsWith("node:")) {
    if (layer.host) return undefined;
    return `${layer.name} may not import '${name}': input and output belong to the hosts and fronts`;
  }
  const owner = ownerOf(manifestsOf(project), edge.from);
  if (edge.kind === "value" && owner && !owner.dependencies.includes(name)) {
    return `imports '${name}', which ${owner.name || "the workspace"} does not depend on`;
  }
  const granted = layer.name === "scripts" || layer.packages?.includes(name);
  if (granted || (edge.kind === "type" && layer.packages?.includes(`type ${name}`))) return undefined;
  const typesOnly = layer.packages?.includes(`type ${name}`) ? " except with 'import type'" : "";
  return `${layer.name} may not import the package '${name}'${typesOnly}`;
}
