// What one pass over a project found and did, before anybody says it.
import type { Diagnostic } from "@hewn/plugin";
import type { CodecFile } from "./file-status.ts";

export interface Pass {
  /** Empty when nothing was compared with the disk. */
  readonly files: readonly CodecFile[];
  readonly diagnostics: readonly Diagnostic[];
  readonly elapsedMs: number;
}
