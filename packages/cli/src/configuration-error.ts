// What stops a command before it could look at the project: the user's set-up, never a defect of ours.
import { type ExitCode, exitCode } from "./exit-code.ts";

/** A position in a configuration file, counted from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** Shown as one line, without a stack; the command ends with exit code 2, unless it says otherwise. */
export class ConfigurationError extends Error {
  readonly place: Place | undefined;
  /** What to do about it, as an imperative sentence. */
  readonly fix: string | undefined;
  readonly exitCode: ExitCode;

  constructor(
    message: string,
    details: { readonly place?: Place; readonly fix?: string; readonly exitCode?: ExitCode } = {},
  ) {
    super(message);
    this.name = "ConfigurationError";
    this.place = details.place;
    this.fix = details.fix;
    this.exitCode = details.exitCode ?? exitCode.usage;
  }
}
