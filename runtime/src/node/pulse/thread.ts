// The pulse thread: everything that runs in it begins here. It stands on Node alone and comes into the program as a text,
// thread-source.ts, that is made of this file: so it is there in whatever way the program was bundled.

import { parentPort, workerData } from "node:worker_threads";
import { ask } from "./asker.ts";
import { Listener } from "./listener.ts";
import { SharedState } from "./shared-state.ts";
import type { AskOrder, ThreadData, ThreadReport } from "./thread-message.ts";

const { host, port, token, memory } = workerData as ThreadData;
const state = new SharedState(memory);
const nothing = new Uint8Array(0);
const listener = new Listener({ token, state, reply: () => nothing });

function report(said: ThreadReport): void {
  parentPort?.postMessage(said);
}

parentPort?.on("message", ({ number, ...target }: AskOrder) => {
  ask(target, nothing).then((answer) => {
    state.count(answer === undefined ? "unanswered" : "heard");
    report(
      answer === undefined
        ? { kind: "unanswered", number }
        : { kind: "answered", number, lagMs: answer.lagMs },
    );
  });
});

listener.listen(host, port).then(
  (given) => report({ kind: "listening", port: given }),
  (error: NodeJS.ErrnoException) =>
    report({ kind: "notListening", code: error.code ?? "", text: error.message }),
);
