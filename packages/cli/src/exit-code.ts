// What the exit code of each command means. The numbers are public: scripts branch on them.

export const exitCode = {
  /** Everything is as it should be. Also how a watch ends by Ctrl-C, because that is its only end. */
  ok: 0,
  /** The project has errors, or something in it is out of date; no node answers, or it refuses. */
  findings: 1,
  /** Wrong usage or configuration: an unknown option, no tsconfig, a file that cannot be read or written. */
  usage: 2,
  /** A defect in hewn itself. */
  crash: 3,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
