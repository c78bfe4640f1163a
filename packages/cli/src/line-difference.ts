// Which lines of two texts differ: a shortest sequence of removed and added lines.

export interface LineChange {
  readonly kind: "kept" | "removed" | "added";
  /** With its line break, if it has one. */
  readonly line: string;
}

/**
 * The shortest way from one list of lines to another, by E. W. Myers: "An O(ND) Difference Algorithm and Its
 * Variations". Time and memory grow with the number of differences.
 */
export function lineChanges(before: readonly string[], after: readonly string[]): readonly LineChange[] {
  const traces = search(before, after);
  const changes: LineChange[] = [];
  let [x, y] = [before.length, after.length];
  for (const [depth, furthest] of [...traces.entries()].reverse()) {
    const k = x - y;
    const isDown = k === -depth || (k !== depth && at(furthest, k - 1) < at(furthest, k + 1));
    const previous = isDown ? k + 1 : k - 1;
    const fromX = depth === 0 ? 0 : at(furthest, previous);
    const fromY = depth === 0 ? 0 : fromX - previous;
    while (x > fromX && y > fromY && !(depth > 0 && (isDown ? x === fromX : y === fromY))) {
      changes.push({ kind: "kept", line: before[x - 1] ?? "" });
      x--;
      y--;
    }
    if (depth === 0) break;
    if (isDown) changes.push({ kind: "added", line: after[y - 1] ?? "" });
    else changes.push({ kind: "removed", line: before[x - 1] ?? "" });
    [x, y] = [fromX, fromY];
  }
  return changes.reverse();
}

type Furthest = ReadonlyMap<number, number>;

function at(furthest: Furthest, diagonal: number): number {
  return furthest.get(diagonal) ?? 0;
}

/** For each number of differences, how far each diagonal was reached with one less. */
function search(before: readonly string[], after: readonly string[]): readonly Furthest[] {
  const traces: Furthest[] = [];
  let furthest = new Map([[1, 0]]);
  for (let depth = 0; ; depth++) {
    traces.push(furthest);
    const next = new Map<number, number>();
    for (let k = -depth; k <= depth; k += 2) {
      const isDown = k === -depth || (k !== depth && at(furthest, k - 1) < at(furthest, k + 1));
      let x = isDown ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
      while (x < before.length && x - k < after.length && before[x] === after[x - k]) x++;
      next.set(k, x);
      if (x >= before.length && x - k >= after.length) return traces;
    }
    furthest = next;
  }
}
