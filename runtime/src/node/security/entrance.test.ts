import { once } from "node:events";
import { connect } from "node:net";
import { connect as connectTls } from "node:tls";
import { afterEach, expect, test } from "@jest/globals";
import { Opened } from "../host.testing.ts";
import { certificateOf, newAuthority } from "./certificates.testing.ts";
import { newClusterSecret } from "./cluster-secret.ts";

const opened = new Opened();
afterEach(() => opened.close());

test("a member that speaks TLS for something else than Hewn is refused", async () => {
  const certificates = certificateOf(newAuthority(), ["127.0.0.1"]);
  const site = await opened.site({ certificates });
  const socket = connectTls({ ...certificates, port: site.address.port, host: "127.0.0.1" });
  socket.on("error", () => {});
  const ended = once(socket, "close");
  socket.resume();
  expect((await site.refusals.next()).code).toBe("tlsFailed");
  await ended;
  expect(site.all).toEqual([]);
});

test("who was refused and does not hang up has a second for the last words, whatever the deadline", async () => {
  const site = await opened.site({ secret: newClusterSecret(), authenticationDeadlineMs: 60_000 });
  const socket = connect({ port: site.address.port, host: "127.0.0.1", allowHalfOpen: true });
  socket.on("error", () => {});
  socket.resume();
  socket.write("GET / HTTP/1.1");
  expect((await site.refusals.next()).code).toBe("plaintext");
  const deadline = Date.now() + 4000;
  while (site.host.pendingHandshakes > 0 && Date.now() < deadline) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(site.host.pendingHandshakes).toBe(0);
  socket.destroy();
});
