// Many sockets of nobody in particular, and one node that wants in.

import type { Socket } from "node:net";
import { connect } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { Opened, type Site } from "../host.testing.ts";
import { certificateOf, newAuthority } from "./certificates.testing.ts";
import { newClusterSecret } from "./cluster-secret.ts";

const opened = new Opened();
const idle: Socket[] = [];
afterEach(() => {
  for (const socket of idle.splice(0)) socket.destroy();
  return opened.close();
});

/** Opens sockets, `abreast` at a time, that say what they are given and no more. */
async function flood(site: Site, count: number, says: Uint8Array | undefined, abreast = 50): Promise<void> {
  for (let i = 0; i < count; i += abreast) {
    await Promise.all(
      Array.from({ length: abreast }, () => {
        const socket = connect(site.address.port, site.address.host);
        idle.push(socket);
        socket.on("error", () => {});
        return new Promise<void>((resolve) => {
          socket.once("connect", () => {
            if (says !== undefined) socket.write(says);
            resolve();
          });
          socket.once("close", () => resolve());
        });
      }),
    );
  }
}

/** The beginning of a hello that never ends. */
const beginning = Buffer.concat([Buffer.from([22, 3, 1, 15, 0, 1, 0, 14, 252]), Buffer.alloc(2000)]);

describe.each([
  ["with a secret", { secret: newClusterSecret() }],
  ["with certificates", { certificates: certificateOf(newAuthority(), ["127.0.0.1"]) }],
])("a node %s", (_, options) => {
  test.each([
    ["idle", undefined],
    ["half of a hello from", beginning],
  ])(
    "keeps no more than 128 of 1000 %s sockets, and takes a real node within a second meanwhile",
    async (__, says) => {
      const site = await opened.site(options);
      const host = await opened.host(options);
      const flooding = flood(site, 1000, says);
      for (let joins = 0; joins < 5; joins++) {
        const began = performance.now();
        await opened.dial(host, site.address).isOpen;
        expect(performance.now() - began).toBeLessThan(1000);
        expect(site.host.pendingHandshakes).toBeLessThanOrEqual(128);
      }
      await flooding;
      const began = performance.now();
      await opened.dial(host, site.address).isOpen;
      expect(performance.now() - began).toBeLessThan(1000);
      expect(site.host.pendingHandshakes).toBeLessThanOrEqual(128);
      expect(site.host.refusals.crowdedOut).toBeGreaterThanOrEqual(1000 - 128);
      // A log line for each would be an attack of its own.
      expect(site.lines.length).toBeLessThan(20);
    },
  );
});

test("a node in the clear keeps no more than 128 idle sockets, and takes a real one at once", async () => {
  const site = await opened.site();
  await flood(site, 1000, undefined);
  expect(site.host.pendingHandshakes).toBeLessThanOrEqual(128);
  const near = opened.dial(await opened.host(), site.address);
  await near.isOpen;
  near.stream!.write(Buffer.from("here"));
  expect((await (await site.accepted.next()).got(4)).toString()).toBe("here");
  expect(site.all).toHaveLength(1);
});
