// What there is to say about the file in an editor: looked at once for each state of the program.
import { dirname } from "node:path";
import type { LockFile } from "@hewn/schema";
import type ts from "typescript";
import { type Judgement, judge } from "../generate.ts";
import { findLock } from "../lock-file.ts";
import { UnreadableLock } from "../lock-text.ts";
import { isCandidate } from "../tspc/generation.ts";
import { optionsOf } from "../tspc/internals.ts";

export interface JudgedFile extends Judgement {
  readonly program: ts.Program;
}

export type Log = (text: string) => void;

const nothing: Judgement = { diagnostics: [], hidden: [] };

export class JudgedFiles {
  readonly #ts: typeof ts;
  readonly #log: Log;
  readonly #known = new WeakMap<ts.Program, Map<string, Judgement>>();
  readonly #locks = new WeakMap<ts.Program, { readonly lock: LockFile | undefined }>();

  constructor(compiler: typeof ts, log: Log) {
    this.#ts = compiler;
    this.#log = log;
  }

  /** @returns undefined for a file that no program has, or that cannot have wire types */
  of(program: ts.Program | undefined, name: string): JudgedFile | undefined {
    const file = program?.getSourceFile(name);
    if (!program || !file || !isCandidate(program, file)) return undefined;
    const known = this.#known.get(program) ?? new Map<string, Judgement>();
    this.#known.set(program, known);
    let judgement = known.get(name);
    if (!judgement) {
      judgement = judge(this.#ts, program, file, { lock: this.#lockOf(program, name) }) ?? nothing;
      known.set(name, judgement);
    }
    return { program, ...judgement };
  }

  /** Without a lock that can be read the types are judged all the same: tspc and the command tell what is wrong with it. */
  #lockOf(program: ts.Program, name: string): LockFile | undefined {
    let found = this.#locks.get(program);
    if (!found) {
      found = { lock: this.#readLock(dirname(optionsOf(program).configFilePath ?? name)) };
      this.#locks.set(program, found);
    }
    return found.lock;
  }

  #readLock(directory: string): LockFile | undefined {
    try {
      return findLock(directory);
    } catch (error) {
      if (!(error instanceof UnreadableLock)) throw error;
      this.#log(`hewn: ${error.message}`);
      return undefined;
    }
  }
}
