import { Server } from "node:net";
import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { Opened } from "./host.testing.ts";
import { certificateOf, newAuthority } from "./security/certificates.testing.ts";
import { newClusterSecret } from "./security/cluster-secret.ts";

const opened = new Opened();
afterEach(() => opened.close());

const authority = newAuthority();
const secret = newClusterSecret();
const kinds = [
  ["in the clear", {}],
  ["with a secret", { secret }],
  ["with certificates", { certificates: certificateOf(authority, ["localhost", "127.0.0.1", "::1"]) }],
] as const;

describe.each(kinds)("streams %s", (_, options) => {
  test("carry bytes both ways, in order, and end on each side by itself", async () => {
    const site = await opened.site(options);
    const near = opened.dial(await opened.host(options), site.address);
    await near.isOpen;
    near.stream!.write(Buffer.from("to "));
    near.stream!.write(Buffer.from("you"));
    const far = await site.accepted.next();
    expect((await far.got(6)).toString()).toBe("to you");
    far.stream!.end();
    await near.hasEnded;
    near.stream!.write(Buffer.from(", still"));
    expect((await far.got(13)).toString()).toBe("to you, still");
    near.stream!.end();
    expect(await near.isClosed).toBeUndefined();
    expect(await far.isClosed).toBeUndefined();
    expect(near.events).toEqual(["opened", "ended", "closed"]);
    expect(far.events).toEqual(["ended", "closed"]);
  });

  test("say when they are full and when they take bytes again, and lose nothing", async () => {
    const site = await opened.site(options);
    const near = opened.dial(await opened.host(options), site.address);
    await near.isOpen;
    const chunk = Buffer.alloc(1 << 20, 7);
    let chunks = 1;
    while (near.stream!.write(chunk)) chunks++;
    await near.drain();
    const far = await site.accepted.next();
    expect((await far.got(chunks << 20)).every((byte) => byte === 7)).toBe(true);
  });

  test("that are given up are closed at both ends, here without a failure", async () => {
    const site = await opened.site(options);
    const near = opened.dial(await opened.host(options), site.address);
    await near.isOpen;
    near.stream!.write(Buffer.from("x"));
    const far = await site.accepted.next();
    await far.got(1);
    near.stream!.destroy();
    near.stream!.destroy();
    expect(near.events).toEqual(["opened"]);
    expect(await near.isClosed).toBeUndefined();
    await Promise.race([far.hasEnded, far.isClosed]);
    expect(near.stream!.write(chunkOf(1))).toBe(true);
  });

  test("may be given up before they are open", async () => {
    const site = await opened.site(options);
    const near = opened.dial(await opened.host(options), site.address);
    near.stream!.destroy();
    expect(near.events).toEqual([]);
    expect(await near.isClosed).toBeUndefined();
    expect(near.events).toEqual(["closed"]);
  });

  test("go over IPv6 and to names", async () => {
    const site = await opened.site(options, { host: "::1", port: 0 });
    await opened.dial(await opened.host(options), site.address).isOpen;
    const named = await opened.site(options, { host: "localhost", port: 0 });
    await opened.dial(await opened.host(options), named.address).isOpen;
  });

  test("of a port that is closed live on; the port is free again", async () => {
    const site = await opened.site(options);
    const near = opened.dial(await opened.host(options), site.address);
    await near.isOpen;
    near.stream!.write(Buffer.from("x"));
    const far = await site.accepted.next();
    await site.listening.close();
    await opened.site(options, site.address);
    far.stream!.write(Buffer.from("yes"));
    expect((await near.got(3)).toString()).toBe("yes");
  });

  test("to a port where nobody listens are refused", async () => {
    const site = await opened.site(options);
    await site.listening.close();
    const near = opened.dial(await opened.host(options), site.address);
    expect(await near.isClosed).toEqual({ code: "refused", text: "Nobody listens at the address." });
    expect(near.events).toEqual(["closed"]);
  });
});

function unwanted(): never {
  throw new Error("a stream came");
}

function chunkOf(bytes: number): Uint8Array {
  return new Uint8Array(bytes);
}

describe("a name", () => {
  const resolving = (addresses: readonly string[]) => ({
    addresses: async () => addresses,
    services: async () => [],
  });

  test("with several addresses is tried one by one", async () => {
    const site = await opened.site();
    const host = await opened.host({ resolver: resolving(["127.0.0.2", "127.0.0.1"]) });
    await opened.dial(host, { host: "node.example", port: site.address.port }).isOpen;
  });

  test("is refused only where all its addresses refuse", async () => {
    const site = await opened.site();
    await site.listening.close();
    const { port } = site.address;
    const dial = async (addresses: readonly string[]) =>
      opened.dial(await opened.host({ resolver: resolving(addresses) }), { host: "node.example", port })
        .isClosed;
    expect(await dial(["127.0.0.1", "127.0.0.2"])).toMatchObject({ code: "refused" });
    expect(await dial(["127.0.0.1", "192.0.2.1"])).toMatchObject({ code: "unauthenticated" });
    expect(await dial([])).toMatchObject({ code: "unknownHost" });
  });

  test("that is not known, says so", async () => {
    const near = opened.dial(await opened.host(), { host: "no-such-host.invalid", port: 1 });
    expect(await near.isClosed).toEqual({ code: "unknownHost", text: "The host name has no address." });
  });

  test("is what a certificate must be for, whatever its address", async () => {
    const site = await opened.site({ certificates: certificateOf(authority, ["one.example"]) });
    const own = certificateOf(authority, ["two.example"]);
    const host = await opened.host({ certificates: own, resolver: resolving(["127.0.0.1"]) });
    await opened.dial(host, { host: "one.example", port: site.address.port }).isOpen;
    const other = opened.dial(host, { host: "three.example", port: site.address.port });
    expect(await other.isClosed).toMatchObject({ text: "The peer's certificate is not for three.example." });
  });
});

describe("a node without secret and certificates", () => {
  test("does not listen beyond this machine, and says what to do", async () => {
    const host = await opened.host();
    for (const name of ["0.0.0.0", "::", "192.0.2.1"]) {
      await expect(host.listen({ host: name, port: 0 }, unwanted)).rejects.toMatchObject({
        code: "insecure",
        message: expect.stringMatching(
          /hewn keygen.*HEWN_SECRET.*certificates.*127\.0\.0\.1.*insecure: true/,
        ),
      });
    }
  });

  test("does not dial beyond this machine either", async () => {
    const near = opened.dial(await opened.host(), { host: "192.0.2.1", port: 1 });
    expect(await near.isClosed).toMatchObject({
      code: "unauthenticated",
      text: expect.stringContaining("another machine"),
    });
  });

  test("does both where it is told to, and warns", async () => {
    const warning = jest.spyOn(process, "emitWarning").mockReturnValue();
    const site = await opened.site({ insecure: true }, { host: "0.0.0.0", port: 0 });
    expect(warning).toHaveBeenCalledWith(expect.any(String), { code: "HEWN_INSECURE" });
    warning.mockRestore();
    await opened.dial(site.host, { host: "127.0.0.1", port: site.address.port }).isOpen;
  });
});

test("a node with a secret or certificates listens beyond this machine", async () => {
  for (const [, options] of kinds.slice(1)) {
    const site = await opened.site(options, { host: "0.0.0.0", port: 0 });
    const near = opened.dial(await opened.host(options), { host: "127.0.0.1", port: site.address.port });
    await near.isOpen;
  }
});

test("a system that hands over no connection is told of, and harms nothing", async () => {
  const servers: Server[] = [];
  const listen = jest.spyOn(Server.prototype, "listen").mockImplementation(function (this: Server, ...args) {
    servers.push(this);
    listen.mockRestore();
    return Reflect.apply(Server.prototype.listen, this, args);
  });
  const site = await opened.site();
  for (let i = 0; i < 2; i++)
    servers[0]!.emit("error", Object.assign(new Error("accept EMFILE"), { code: "EMFILE" }));
  expect(await site.refusals.next()).toMatchObject({
    code: "failed",
    text: expect.stringContaining("EMFILE"),
  });
  expect(site.host.refusals.failed).toBe(2);
  await opened.dial(await opened.host(), site.address).isOpen;
});

test("a port that is taken is unavailable", async () => {
  const site = await opened.site();
  await expect(opened.site({}, site.address)).rejects.toMatchObject({ code: "unavailable" });
});

test("timers run no sooner than asked for, in order, and not at all when prevented", async () => {
  const host = await opened.host();
  const began = host.now();
  const ran: string[] = [];
  const prevent = host.setTimer(1, () => ran.push("prevented"));
  await new Promise<void>((resolve) => {
    // Timers of a host keep no process alive, and Jest's would be over: one that does stands beside.
    const alive = setTimeout(() => {}, 5000);
    host.setTimer(20, () => {
      clearTimeout(alive);
      resolve();
    });
    prevent();
  });
  prevent();
  expect(ran).toEqual([]);
  expect(host.now() - began).toBeGreaterThanOrEqual(19);
});
