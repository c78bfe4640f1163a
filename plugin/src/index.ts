// The plugin as a library: the pure core, and what fronts need beside it.
export {
  type ActorCall,
  type ActorCalls,
  actorCalls,
  type GraphActor,
} from "./analyze/calls/actor-calls.ts";
export { type AskCircle, askCircles } from "./analyze/calls/ask-circles.ts";
export { judgeCalls, knowsActors } from "./analyze/calls/program-calls.ts";
export {
  bearsHeader,
  codecHeader,
  codecPath,
  isCodecPath,
  sourcePathOf,
} from "./codec-path.ts";
export type { Case } from "./diagnostic/cases.ts";
export { type CatalogEntry, catalog, fill } from "./diagnostic/catalog.ts";
export type { Diagnostic, Related, Span } from "./diagnostic/diagnostic.ts";
export { sampleText } from "./diagnostic/example.ts";
export { examples } from "./diagnostic/examples.ts";
export { type FormatOptions, formatDiagnostics } from "./diagnostic/format.ts";
export { reported } from "./diagnostic/reported.ts";
export type { Fix } from "./fix/fix.ts";
export { fixAll, menderOf } from "./fix/fix-all.ts";
export type { TextEdit } from "./fix/text-edit.ts";
export { type Generated, type GenerateOptions, generate } from "./generate.ts";
export { findLock, readLock } from "./lock-file.ts";
export { lockFileName, UnreadableLock } from "./lock-text.ts";
export { programWithCodecs } from "./program-with-codecs.ts";
export { allReferenced } from "./references/all-referenced.ts";
export { declarationText } from "./references/declaration-text.ts";
export { ReferencedDeclarations } from "./references/referenced-declarations.ts";
export { failures } from "./tspc/failure.ts";
