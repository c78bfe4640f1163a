// Times as people read them.

/** `3 s`, `12 min`, `5 h`, `2 d`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} d`;
}

/** `0.4 ms`, `12 ms`, `1.5 s`. */
export function shortTime(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** The time of day, so long ago, on this machine's clock: `10:31:04.120`. */
export function clockTime(msAgo: number, nowMs: number): string {
  const at = new Date(nowMs - msAgo);
  const two = (part: number) => String(part).padStart(2, "0");
  const parts = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":");
  return `${parts}.${String(at.getMilliseconds()).padStart(3, "0")}`;
}
