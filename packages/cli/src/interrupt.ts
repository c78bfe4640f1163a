// Lets work without an end of its own be ended from outside, cleanly.

/**
 * Runs `work` until it ends. Ctrl-C, SIGTERM or a reader of stdout that went away calls `stop`, once; whoever
 * presses Ctrl-C again wants out at once and gets the exit code of an interrupted process.
 */
export async function until(work: Promise<void>, stop: () => Promise<void>): Promise<void> {
  let stopping = false;
  const onSignal = () => {
    if (stopping) process.exit(130);
    stopping = true;
    void stop();
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  process.stdout.on("error", onSignal);
  try {
    await work;
  } finally {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
    process.stdout.off("error", onSignal);
  }
}
