// The core as the transformer sees it, so that it can be given another one.
import type { generate } from "../generate.ts";

export type Core = typeof generate;
