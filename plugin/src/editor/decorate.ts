// A language service that also says what cannot cross the wire, and how to mend it. Whatever goes wrong here is
// logged, and the editor gets what it would have got without us.
import type ts from "typescript";
import { judgeCalls } from "../analyze/calls/program-calls.ts";
import { toTsDiagnostic } from "../diagnostic/typescript.ts";
import { combinedFix, fixableCodes, fixesAt, fixId } from "./code-fixes.ts";
import { JudgedFiles, type Log } from "./judged-file.ts";

export function decorate(compiler: typeof ts, info: ts.server.PluginCreateInfo): ts.LanguageService {
  const log: Log = (text) => info.project.projectService.logger.info(text);
  const service = info.languageService;
  const files = new JudgedFiles(compiler, log);
  const judged = (name: string) => files.of(service.getProgram(), name);
  return {
    ...service,
    getSemanticDiagnostics(name) {
      const theirs = service.getSemanticDiagnostics(name);
      return guarded(log, theirs, () => {
        const program = service.getProgram();
        const file = program?.getSourceFile(name);
        if (!program || !file) return theirs;
        const found = [...(judged(name)?.diagnostics ?? []), ...judgeCalls(compiler, program, file)];
        const ours = found.map((each) => toTsDiagnostic(compiler, program, each));
        return [...theirs, ...ours.filter((each) => !isAmong(theirs, each))];
      });
    },
    getCodeFixesAtPosition(name, start, end, codes, format, preferences) {
      const theirs = service.getCodeFixesAtPosition(name, start, end, codes, format, preferences);
      return guarded(log, theirs, () => {
        const found = judged(name);
        return found ? [...theirs, ...fixesAt(compiler, found, { start, end, wanted: codes })] : theirs;
      });
    },
    getCombinedCodeFix(scope, id, format, preferences) {
      if (id !== fixId) return service.getCombinedCodeFix(scope, id, format, preferences);
      return guarded(log, { changes: [] }, () => {
        const found = judged(scope.fileName);
        return found ? combinedFix(compiler, found) : { changes: [] };
      });
    },
    getSupportedCodeFixes(name) {
      return [...service.getSupportedCodeFixes(name), ...fixableCodes];
    },
  };
}

/** The plugin may be named twice, by the project and by the editor. */
function isAmong(
  diagnostics: readonly ts.Diagnostic[],
  { code, start, messageText }: ts.Diagnostic,
): boolean {
  return diagnostics.some(
    (each) => each.code === code && each.start === start && each.messageText === messageText,
  );
}

function guarded<T>(log: Log, fallback: T, work: () => T): T {
  try {
    return work();
  } catch (error) {
    log(`hewn: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return fallback;
  }
}
