// What became of a codec file, as reports say it.

/**
 * - `written`: was missing or differed, and now is right. `unchanged`: was right.
 * - `missing`, `stale`, `orphan` (its source is gone or has no wire type any more): found and left alone.
 * - `removed`: was an orphan.
 * - `foreign`: somebody else's file stands where a codec belongs; it is never touched.
 */
export type FileStatus = "written" | "unchanged" | "missing" | "stale" | "orphan" | "removed" | "foreign";

export interface CodecFile {
  readonly codec: string;
  /** For an orphan: the name its source had. */
  readonly source: string;
  readonly status: FileStatus;
}

/** Whether a status asks for something that was not done. */
export function isUnsettled({ status }: CodecFile): boolean {
  return status === "missing" || status === "stale" || status === "orphan" || status === "foreign";
}
