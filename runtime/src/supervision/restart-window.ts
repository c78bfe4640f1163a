// How many restarts are borne: at most `intensity` within any `periodMs` (OTP, supervisor, "Maximum Restart Intensity").

export interface RestartWindow {
  readonly intensity: number;
  readonly periodMs: number;
  /** Of those that still count, the oldest first. Never more than `intensity`. */
  times: number[];
}

export function newRestartWindow(intensity: number, periodMs: number): RestartWindow {
  return { intensity, periodMs, times: [] };
}

/** Whether one more restart now is borne; if so it counts from here on. */
export function allows(window: RestartWindow, nowMs: number): boolean {
  window.times = window.times.filter((at) => nowMs - at < window.periodMs);
  if (window.times.length >= window.intensity) return false;
  window.times.push(nowMs);
  return true;
}
