// The end of the process by the pulse thread, which needs nothing of the main loop for it.

import { writeSync } from "node:fs";

const text =
  "hewn: a lease ran out while children ran under it, and the main loop did not end the process (onLeaseLost: exit)\n";

/** After so long, unless it has ended by then. */
export function endProcess(afterMs: number): void {
  if (afterMs === 0) kill();
  else setTimeout(kill, afterMs);
}

function kill(): void {
  try {
    writeSync(2, text);
  } catch {
    // Nobody reads it.
  }
  process.kill(process.pid, "SIGKILL");
}
