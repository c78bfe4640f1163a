// Asks the pulse thread of another node: a connection for a question, the addresses of its host in turn, one deadline for
// all of it.

import { connect, type Socket } from "node:net";
import { type Answer, newNonce, OneFrame, readAnswer, readChallenge, writeQuestion } from "./frame.ts";
import { pulseDeadlineMs } from "./limits.ts";

export interface Target {
  /** Of its host, in the order in which to try them. */
  readonly addresses: readonly string[];
  readonly port: number;
  readonly token: Uint8Array;
}

/** Answers what it says, or undefined where nobody answers who has the token. */
export function ask(
  target: Target,
  body: Uint8Array,
  deadlineMs = pulseDeadlineMs,
): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    new Asking(target, body, deadlineMs, resolve);
  });
}

class Asking {
  readonly #target: Target;
  readonly #body: Uint8Array;
  readonly #deadlineMs: number;
  readonly #resolve: (answer: Answer | undefined) => void;
  /** The addresses still to be tried. */
  readonly #left: string[];
  readonly #deadline: NodeJS.Timeout;
  #socket: Socket | undefined;
  #isOver = false;

  constructor(
    target: Target,
    body: Uint8Array,
    deadlineMs: number,
    resolve: (answer: Answer | undefined) => void,
  ) {
    this.#target = target;
    this.#body = body;
    this.#deadlineMs = deadlineMs;
    this.#resolve = resolve;
    this.#left = [...target.addresses];
    this.#deadline = setTimeout(() => this.#end(undefined), deadlineMs);
    this.#next();
  }

  #next(): void {
    if (this.#isOver) return;
    const host = this.#left.shift();
    if (host === undefined) return this.#end(undefined);
    const { addresses, port, token } = this.#target;
    const socket = connect({ host, port, noDelay: true });
    const dialogue = new Dialogue(token, this.#body);
    // An address that takes nothing leaves time for the others.
    const timer = setTimeout(() => socket.destroy(), this.#deadlineMs / addresses.length);
    this.#socket = socket;
    socket.once("connect", () => {
      clearTimeout(timer);
      // A thread that was reached and does not answer as it should is none that another address would lead to.
      this.#left.length = 0;
    });
    socket.on("error", () => {});
    socket.once("close", () => {
      clearTimeout(timer);
      this.#next();
    });
    socket.on("data", (chunk) => this.#heard(socket, dialogue.take(chunk)));
  }

  #heard(socket: Socket, said: ReturnType<Dialogue["take"]>): void {
    if (said instanceof Uint8Array) socket.write(said);
    else if (said !== undefined) this.#end(said === "wrong" ? undefined : said);
  }

  #end(answer: Answer | undefined): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#deadline);
    this.#socket?.destroy();
    this.#resolve(answer);
  }
}

/** The asker's side of a connection: a challenge comes, a question goes, an answer comes. */
class Dialogue {
  readonly #token: Uint8Array;
  readonly #body: Uint8Array;
  readonly #nonce = newNonce();
  #challenge: Uint8Array | undefined;
  #frame = new OneFrame();

  constructor(token: Uint8Array, body: Uint8Array) {
    this.#token = token;
    this.#body = body;
  }

  /** What to send now, or the answer, or nothing yet. */
  take(chunk: Uint8Array): Uint8Array | Answer | "wrong" | undefined {
    const payload = this.#frame.take(chunk);
    if (payload === undefined) return undefined;
    if (payload === "tooLong") return "wrong";
    if (this.#challenge !== undefined) {
      return readAnswer(this.#token, this.#challenge, this.#nonce, payload) ?? "wrong";
    }
    this.#challenge = readChallenge(payload);
    if (this.#challenge === undefined) return "wrong";
    this.#frame = new OneFrame();
    return writeQuestion(this.#token, this.#challenge, { nonce: this.#nonce, body: this.#body });
  }
}
