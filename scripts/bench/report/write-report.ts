// `npm run bench -- report`: the page and its pictures, of the results that are kept.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { charts } from "./charts.ts";
import { page } from "./page.ts";
import { keptResults } from "./record.ts";
import { resultsOf } from "./results.ts";

/**
 * Answers how many files it has written.
 * @param folder of the documents; pictures of earlier reports go
 * @throws TypeError where nothing is kept, a file is no result, or results do not go together
 */
export function writeReport(folder: string): number {
  const results = resultsOf(keptResults(folder));
  const pictures = charts(results);
  const text = page(results, pictures);
  const picturesFolder = join(folder, "benchmarks");
  mkdirSync(picturesFolder, { recursive: true });
  const earlier = readdirSync(picturesFolder).filter((file) => file.endsWith(".svg"));
  for (const file of earlier) rmSync(join(picturesFolder, file));
  for (const [name, picture] of pictures) writeFileSync(join(picturesFolder, `${name}.svg`), picture);
  writeFileSync(join(folder, "benchmarks.md"), text);
  return 1 + pictures.size;
}
