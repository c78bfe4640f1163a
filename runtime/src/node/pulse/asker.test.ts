import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { ask } from "./asker.ts";
import { newNonce, writeAnswer, writeChallenge } from "./frame.ts";
import { listening, nothing, token } from "./pulse.testing.ts";

const open: { close(): unknown }[] = [];

afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

async function serving(serve: (socket: Socket) => void): Promise<number> {
  const server: Server = createServer(serve);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(server);
  const address = server.address();
  return typeof address === "object" ? address!.port : 0;
}

function at(port: number, addresses: readonly string[] = ["127.0.0.1"]) {
  return { addresses, port, token };
}

describe("nobody has answered where", () => {
  test("nobody listens", async () => {
    const port = await serving(() => {});
    open.pop()?.close();
    expect(await ask(at(port), nothing)).toBeUndefined();
  });

  test("there is no address", async () => {
    expect(await ask(at(1, []), nothing)).toBeUndefined();
  });

  test("something else listens, that speaks first or says nothing", async () => {
    const noisy = await serving((socket) => socket.on("error", () => {}).write("220 mail.example ESMTP\r\n"));
    expect(await ask(at(noisy), nothing, 300)).toBeUndefined();
    const silent = await serving((socket) => socket.on("error", () => {}));
    expect(await ask(at(silent), nothing, 300)).toBeUndefined();
  });

  test("an answer is made without the token", async () => {
    const port = await serving((socket) => {
      const challenge = newNonce();
      socket.on("error", () => {});
      socket.write(writeChallenge(challenge));
      socket.on("data", (question) => {
        const nonce = question.subarray(2, 18);
        socket.write(writeAnswer(new Uint8Array(32), challenge, nonce, { lagMs: 0, body: nothing }));
      });
    });
    expect(await ask(at(port), nothing)).toBeUndefined();
  });
});

test("the addresses of a host are tried in turn", async () => {
  const { port, listener } = await listening();
  open.push(listener);
  expect(await ask(at(port, ["127.0.0.2", "127.0.0.1"]), nothing)).toBeDefined();
});
