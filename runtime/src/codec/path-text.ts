// How long a path may become.
import { pathTextMax } from "./limits.ts";

/** Puts a segment before a path; drops the middle of paths that grow beyond {@link pathTextMax}. */
export function prepend(segment: string, path: string): string {
  const longer = segment + path;
  const half = pathTextMax >> 1;
  return longer.length > pathTextMax ? longer.slice(0, half) + "…" + longer.slice(-half) : longer;
}
