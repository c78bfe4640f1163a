// Says on stderr what long work is doing. Short work says nothing.
import type { Terminal } from "./terminal.ts";

export interface Progress {
  /** Called at each step; shows `text` when the work has become long. */
  step(text: string): void;
  /** Removes what is shown; the next step begins new work. */
  done(): void;
}

export const silentProgress: Progress = { step() {}, done() {} };

/** On a terminal: work shorter than this stays silent, and a line is rewritten this often at most. */
const terminalMs = { patience: 500, between: 80 };
/** On a stream that is no terminal lines stay, so there are few of them. */
const plainMs = { patience: 2000, between: 2000 };

export function showProgress(terminal: Terminal, now: () => number = () => performance.now()): Progress {
  const pace = terminal.interactive ? terminalMs : plainMs;
  let quietUntil: number | undefined;
  let shown = false;
  return {
    step(text) {
      quietUntil ??= now() + pace.patience;
      if (now() < quietUntil) return;
      if (terminal.interactive) process.stderr.write(`\r\x1b[K${terminal.styleErr("dim", text)}`);
      else terminal.err(`hewn: ${text}`);
      quietUntil = now() + pace.between;
      shown = true;
    },
    done() {
      if (shown && terminal.interactive) process.stderr.write("\r\x1b[K");
      shown = false;
      quietUntil = undefined;
    },
  };
}
