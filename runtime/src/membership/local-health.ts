// How far a node trusts itself: Lifeguard's local health multiplier (arXiv 1707.00788, section IV.A). A node whose probes
// fail, whose helpers are not heard or who is itself accused is likely to be the sick one, and accuses more slowly.

export const healthScoreMax = 8;

/** Changed in place; 0 is healthy. */
export interface LocalHealth {
  score: number;
  /** False: the multiplier is always 1. To measure what the rule is worth. */
  readonly enabled: boolean;
}

/** Raises or lowers the score, within its bounds. */
export function adjust(health: LocalHealth, by: number): void {
  health.score = Math.min(healthScoreMax, Math.max(0, health.score + by));
}

/** What intervals, timeouts and suspicions of this node are multiplied by: 1 to 9. */
export function multiplier({ score, enabled }: LocalHealth): number {
  return enabled ? score + 1 : 1;
}
