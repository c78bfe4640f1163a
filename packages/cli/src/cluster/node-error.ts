// A node does not answer, or refuses: the command was right, and the exit code is 1.
import { ConfigurationError } from "../configuration-error.ts";
import { exitCode } from "../exit-code.ts";

export class NodeError extends ConfigurationError {
  constructor(message: string, fix?: string) {
    super(message, { ...(fix !== undefined && { fix }), exitCode: exitCode.findings });
    this.name = "NodeError";
  }
}
