// What the plugin says to a programmer: data, formatted by each front in its own way.
import type { Code } from "./catalog.ts";

/** A range of a source file. `start` and `length` count UTF-16 units. */
export interface Span {
  /** Absolute, forward slashes. */
  readonly file: string;
  readonly start: number;
  readonly length: number;
}

export interface Related {
  readonly span: Span;
  readonly message: string;
}

/** Where a type that cannot cross is written, for those who mend it. */
export interface Offence {
  /** The name of the offending declaration: a property, or a type. */
  readonly declaration: Span;
  /** The name of the type whose declaration it is part of. */
  readonly owner: Span;
  /** Types as they are written, from the offending one outwards along the path to the tagged type. */
  readonly written: readonly Span[];
}

export interface Diagnostic {
  readonly code: Code;
  /** From the tagged type to the offending declaration: `SensorReading.place.meta.onChange`. */
  readonly path: string;
  /** One sentence with the path in it. */
  readonly message: string;
  /** What to write instead, as an imperative sentence. */
  readonly fix: string;
  /** In the tagged type's own file: incremental builds cache diagnostics per file and would lose them elsewhere. */
  readonly span: Span;
  /** The hops from the tagged type to the declaration, across files. */
  readonly related: readonly Related[];
  /** Absent where the diagnostic is about a tag, a file or a project. */
  readonly offence?: Offence;
}
