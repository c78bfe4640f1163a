// Names that were perhaps meant.

const shownMax = 5;

/** Those of `names` that differ from `given` in case, a few letters or what stands around it, the nearest first. */
export function nearNames(given: string, names: Iterable<string>): readonly string[] {
  const wanted = given.toLowerCase();
  const furthest = Math.max(1, Math.floor(wanted.length * 0.4));
  return [...new Set(names)]
    .map((name) => ({ name, far: distance(wanted, name.toLowerCase(), furthest) }))
    .filter(({ far }) => far <= furthest)
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, shownMax)
    .map(({ name }) => name);
}

/** Letters to insert, drop or replace; a name within the other is as near as one letter. */
function distance(a: string, b: string, most: number): number {
  if (a !== "" && (b.includes(a) || (b.length > 3 && a.includes(b)))) return a === b ? 0 : 1;
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const here = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      here.push(Math.min(replaced, above[j]! + 1, here[j - 1]! + 1));
    }
    above = here;
  }
  return above[b.length]!;
}
