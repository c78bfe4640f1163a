// Says on stderr what long work is doing. Short work says nothing.
import type { Terminal } from "./terminal.ts";

export interface Progress {
  /** Called at each step, which is about a file; shows it when the work has become long. */
  step(text: string, file: string): void;
  /** Removes what is shown; the next step begins new work. */
  done(): void;
}

export const silentProgress: Progress = { step() {}, done() {} };

/** On a terminal: work shorter than this stays silent, and a line is rewritten this often at most. */
const terminalMs = { patience: 500, between: 80 };
/** On a stream that is no terminal lines stay, so there are few of them. */
const plainMs = { patience: 2000, between: 2000 };

export function showProgress(
  terminal: Terminal,
  shown: (file: string) => string,
  now: () => number = () => performance.now(),
): Progress {
  const pace = terminal.interactive ? terminalMs : plainMs;
  let quietUntil: number | undefined;
  let visible = false;
  return {
    step(text, file) {
      quietUntil ??= now() + pace.patience;
      if (now() < quietUntil) return;
      const line = `${text} ${shown(file)}`;
      if (terminal.interactive) process.stderr.write(`\r\x1b[K${terminal.styleErr("dim", line)}`);
      else terminal.err(`hewn: ${line}`);
      quietUntil = now() + pace.between;
      visible = true;
    },
    done() {
      if (visible && terminal.interactive) process.stderr.write("\r\x1b[K");
      visible = false;
      quietUntil = undefined;
    },
  };
}
