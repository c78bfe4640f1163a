// One entry of the catalog of diagnostics.
import type { Case } from "./cases.ts";

export interface Entry {
  readonly code: `HEWN${number}`;
  /** The name by which the analyzer and the rules report it. */
  readonly title: string;
  /** Why this cannot cross a network, for the documentation. */
  readonly rule: string;
  /** The rest of the sentence that begins with the path. */
  readonly says: string;
  /** What to write instead, as an imperative sentence. */
  readonly fix: string;
  /** Where what to write depends on the case: the cases there are. */
  readonly cases?: readonly Case[];
}
