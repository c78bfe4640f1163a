// Paths as hewn keeps them (absolute, forward slashes) and as it shows them (from the working directory).
import { relative } from "node:path";

export function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}

/** How a path is shown: from `directory`, or whole where that would climb out of everything in common. */
export function shownFrom(directory: string): (file: string) => string {
  return (file) => {
    const shown = slashed(relative(directory, file));
    return shown === "" ? "." : shown;
  };
}
