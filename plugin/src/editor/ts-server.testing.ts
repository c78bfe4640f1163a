// A real language server in a process of its own, as an editor speaks to it: requests as lines of JSON, answers and
// events with a header. Whatever is waited for has a deadline.
import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Milliseconds until an answer counts as missing. */
const deadlineMs = 60_000;

interface Message {
  readonly type: "response" | "event";
  readonly event?: string;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly body?: unknown;
}

export interface Location {
  readonly line: number;
  readonly offset: number;
}

/** A diagnostic as the protocol has it. */
export interface Told {
  readonly start: Location;
  readonly end: Location;
  readonly text: string;
  readonly code?: number;
  readonly source?: string;
  readonly relatedInformation?: readonly {
    readonly message: string;
    readonly span?: { readonly file: string; readonly start: Location };
  }[];
}

export interface CodeEdit {
  readonly start: Location;
  readonly end: Location;
  readonly newText: string;
}

export interface FileEdits {
  readonly fileName: string;
  readonly textChanges: readonly CodeEdit[];
}

export interface OfferedFix {
  readonly description: string;
  readonly changes: readonly FileEdits[];
  readonly fixId?: string;
}

export class TsServer {
  readonly #child: ChildProcess;
  readonly #messages: Message[] = [];
  readonly #heard = new EventEmitter();
  readonly #log: string;
  #rest = Buffer.alloc(0);
  #seq = 0;

  /**
   * @param compiler the folder of a `typescript` package
   * @param folder where the project is; the server's log is written there
   */
  constructor(compiler: string, folder: string, flags: readonly string[] = []) {
    this.#log = join(folder, "tsserver.log");
    const server = join(compiler, "lib/tsserver.js");
    const quiet = ["--disableAutomaticTypingAcquisition", "--logVerbosity", "normal", "--logFile", this.#log];
    this.#child = spawn(process.execPath, [server, ...quiet, ...flags], {
      cwd: folder,
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#child.stdout?.on("data", (bytes: Buffer) => this.#take(bytes));
    this.#child.once("exit", () => this.#heard.emit("message"));
  }

  open(file: string): void {
    this.#send("open", { file });
  }

  /** Replaces the whole text of an open file, as an editor does that has made many changes. */
  replace(file: string, text: string): void {
    const end = { endLine: 1_000_000, endOffset: 1 };
    this.#send("change", { file, line: 1, offset: 1, ...end, insertString: text });
  }

  /** What the server says of open files when it is asked to look at them in the background. */
  async semanticErrors(...files: readonly string[]): Promise<readonly (readonly Told[])[]> {
    const from = this.#messages.length;
    const seq = this.#send("geterr", { files, delay: 0 });
    const isDone = ({ event, body }: Message): boolean =>
      event === "requestCompleted" && (body as { readonly request_seq: number }).request_seq === seq;
    await this.#until("the end of geterr", () => this.#messages.slice(from).some(isDone));
    return files.map((file) => {
      const events = this.#messages.slice(from).filter(({ event }) => event === "semanticDiag");
      const bodies = events.map(
        ({ body }) => body as { readonly file: string; readonly diagnostics: readonly Told[] },
      );
      const found = bodies.findLast((body) => body.file === file);
      if (!found) throw new Error(`no diagnostics for ${file}\n${this.log}`);
      return found.diagnostics;
    });
  }

  codeFixes(file: string, { start, end, code }: Told): Promise<readonly OfferedFix[]> {
    const range = {
      startLine: start.line,
      startOffset: start.offset,
      endLine: end.line,
      endOffset: end.offset,
    };
    return this.request("getCodeFixes", { file, ...range, errorCodes: [code] });
  }

  async combinedFix(file: string, fixId: string): Promise<readonly FileEdits[]> {
    const scope = { type: "file", args: { file } };
    const { changes } = await this.request<{ readonly changes: readonly FileEdits[] }>("getCombinedCodeFix", {
      scope,
      fixId,
    });
    return changes;
  }

  /** @throws Error when the server says that the request failed */
  async request<T>(command: string, given: object): Promise<T> {
    const seq = this.#send(command, given);
    const isAnswer = ({ request_seq }: Message): boolean => request_seq === seq;
    await this.#until(`the answer to ${command}`, () => this.#messages.some(isAnswer));
    const answer = this.#messages.find(isAnswer);
    if (!answer?.success) throw new Error(`${command}: ${answer?.message}`);
    return answer.body as T;
  }

  get log(): string {
    return readFileSync(this.#log, "utf8");
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#send("exit", {});
    await ended;
  }

  #send(command: string, given: object): number {
    const seq = ++this.#seq;
    this.#child.stdin?.write(`${JSON.stringify({ seq, type: "request", command, arguments: given })}\n`);
    return seq;
  }

  /** `Content-Length: n`, an empty line, and n bytes. */
  #take(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (;;) {
      const head = /^Content-Length: (\d+)\r\n\r\n/.exec(this.#rest.toString("latin1", 0, 64));
      if (!head) return;
      const start = head[0].length;
      const end = start + Number(head[1]);
      if (this.#rest.length < end) return;
      this.#messages.push(JSON.parse(this.#rest.toString("utf8", start, end)) as Message);
      this.#rest = this.#rest.subarray(end);
      this.#heard.emit("message");
    }
  }

  async #until(what: string, isTrue: () => boolean): Promise<void> {
    const late = AbortSignal.timeout(deadlineMs);
    while (!isTrue()) {
      if (this.#child.exitCode !== null) throw new Error(`the server ended before ${what}\n${this.log}`);
      try {
        await once(this.#heard, "message", { signal: late });
      } catch {
        throw new Error(`waited in vain for ${what}\n${this.log}`);
      }
    }
  }
}

/** The text of a file after edits of it; lines and offsets count from 1, in UTF-16 units. */
export function afterEdits(text: string, edits: readonly CodeEdit[]): string {
  const starts = [0, ...[...text.matchAll(/\r\n|\n/g)].map(({ index, 0: end }) => index + end.length)];
  const at = ({ line, offset }: Location): number => (starts[line - 1] ?? text.length) + offset - 1;
  let result = text;
  for (const { start, end, newText } of [...edits].sort((a, b) => at(b.start) - at(a.start))) {
    result = result.slice(0, at(start)) + newText + result.slice(at(end));
  }
  return result;
}
