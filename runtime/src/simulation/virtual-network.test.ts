import { describe, expect, test } from "@jest/globals";
import { addressOf, bytes, newWorld, Recorder, startClient, startServer } from "./programs.testing.ts";

describe("a stream", () => {
  test("opens after a round trip, carries bytes in order, and closes when both ends have ended", async () => {
    const { simulation, network } = newWorld();
    const server = startServer(network, "b");
    const client = startClient(network, "a", "b", (stream) => {
      stream.write(bytes("one "));
      stream.write(bytes("two"));
      stream.end();
    });
    await simulation.runUntil(1.9);
    expect(client.log).toEqual([]);
    await simulation.runUntil(10);
    expect(server.ends[0]?.text).toBe("one two");
    expect(server.ends[0]?.log).toEqual(["received 4", "received 3", "ended"]);
    expect(client.log).toEqual(["opened"]);
    server.streams[0]?.end();
    await simulation.runUntil(20);
    expect(client.log).toEqual(["opened", "ended", "closed"]);
    expect(server.ends[0]?.log.at(-1)).toBe("closed");
    expect(network.connections.size).toBe(0);
  });

  test("is refused where nobody listens, unknown where there is no such machine, silent where it is down", async () => {
    const { simulation, network } = newWorld();
    network.machine("b");
    startServer(network, "c");
    network.machine("c").refusesDials = true;
    startServer(network, "d");
    await simulation.runUntil(1);
    network.powerOff("d");
    const ends = ["b", "c", "nobody", "d"].map((to, index) => startClient(network, `a${index}`, to));
    await simulation.runUntil(100);
    const logs = [["closed refused"], ["closed refused"], ["closed unknownHost"], []];
    expect(ends.map(({ log }) => log)).toEqual(logs);
    await simulation.runUntil(200_000);
    expect(ends[3]?.log).toEqual(["closed timedOut"]);
  });

  test("gives a reader memory that is worthless once it has returned", async () => {
    const { simulation, network } = newWorld();
    const kept: Uint8Array[] = [];
    network.start("b", (process) => {
      void process.listen(addressOf("b"), () =>
        Object.assign(new Recorder(), { received: (chunk: Uint8Array) => kept.push(chunk) }),
      );
    });
    startClient(network, "a", "b", (stream) => stream.write(bytes("ab")));
    await simulation.runUntil(10);
    expect(kept).toEqual([new Uint8Array([0xc1, 0xc1])]);
  });

  test("holds its writer up while the reader takes nothing, and says when to go on", async () => {
    const { simulation, network } = newWorld();
    startServer(network, "b");
    const answers: boolean[] = [];
    const client = startClient(network, "a", "b", (stream) => {
      for (let i = 0; i < 100; i++) answers.push(stream.write(new Uint8Array(8192)));
    });
    await simulation.runUntil(1);
    network.machine("b").process?.freeze();
    await simulation.runUntil(1000);
    expect(answers[0]).toBe(true);
    expect(answers.at(-1)).toBe(false);
    expect(client.log).toEqual(["opened"]);
    network.machine("b").process?.thaw();
    await simulation.runUntil(2000);
    expect(client.log).toEqual(["opened", "drained"]);
  });

  test("comes in pieces as small as the machine is told to make them, at the speed that it reads", async () => {
    const { simulation, network } = newWorld();
    const server = startServer(network, "b");
    Object.assign(network.machine("b"), { pieceBytesMax: 1, readBytesPerMs: 0.1 });
    startClient(network, "a", "b", (stream) => stream.write(bytes("abc")));
    await simulation.runUntil(15);
    expect(server.ends[0]?.log).toEqual(["received 1", "received 1"]);
    await simulation.runUntil(50);
    expect(server.ends[0]?.text).toBe("abc");
  });
});

describe("a broken stream", () => {
  const opened = async () => {
    const world = newWorld();
    const server = startServer(world.network, "b");
    const client = startClient(world.network, "a", "b");
    await world.simulation.runUntil(10);
    const [connection] = world.network.connections;
    return { ...world, server, client, connection: connection! };
  };

  test("that was reset closes on both sides", async () => {
    const { simulation, server, client, connection } = await opened();
    connection.reset();
    await simulation.runUntil(20);
    expect(client.log.at(-1)).toBe("closed reset");
    expect(server.ends[0]?.log).toEqual(["closed reset"]);
  });

  test("that is half open is found out by who writes", async () => {
    const { simulation, server, client, connection } = await opened();
    connection.breakAt("acceptor");
    await simulation.runUntil(1000);
    expect(server.ends[0]?.log).toEqual(["closed reset"]);
    expect(client.log).toEqual(["opened"]);
    client.stream?.write(bytes("x"));
    await simulation.runUntil(1010);
    expect(client.log).toEqual(["opened", "closed reset"]);
  });

  test("in a black hole is found out by nobody", async () => {
    const { simulation, server, client, connection } = await opened();
    connection.blackhole();
    client.stream?.write(bytes("x"));
    server.streams[0]?.write(bytes("y"));
    await simulation.runUntil(100_000);
    expect(client.log).toEqual(["opened"]);
    expect(server.ends[0]?.log).toEqual([]);
  });

  test("by a crash is told to the other side at once, by lost power only after the machine is back", async () => {
    for (const [end, silentMs] of [
      ["crash", 5],
      ["powerOff", 500],
    ] as const) {
      const { simulation, network, client } = await opened();
      network[end]("b");
      await simulation.runUntil(silentMs + 10);
      if (end === "powerOff") {
        expect(client.log).toEqual(["opened"]);
        startServer(network, "b");
        await simulation.runUntil(600);
      }
      expect(client.log.at(-1)).toMatch(/ended|closed/);
    }
  });
});

describe("a cut", () => {
  test("in one direction holds up what goes that way, and nothing is lost", async () => {
    const { simulation, network } = newWorld();
    const server = startServer(network, "b");
    const client = startClient(network, "a", "b");
    await simulation.runUntil(10);
    network.link("a", "b").cut();
    client.stream?.write(bytes("1"));
    client.stream?.write(bytes("2"));
    server.streams[0]?.write(bytes("back"));
    await simulation.runUntil(1000);
    expect(server.ends[0]?.text).toBe("");
    expect(client.text).toBe("back");
    network.link("a", "b").heal();
    await simulation.runUntil(2000);
    expect(server.ends[0]?.text).toBe("12");
  });

  test("keeps a dial waiting, on the way there or back", async () => {
    for (const [from, to] of [
      ["a", "b"],
      ["b", "a"],
    ] as const) {
      const { simulation, network } = newWorld();
      startServer(network, "b");
      network.link(from, to).cut();
      const client = startClient(network, "a", "b");
      await simulation.runUntil(3000);
      expect(client.log).toEqual([]);
      network.link(from, to).heal();
      await simulation.runUntil(4000);
      expect(client.log).toEqual(["opened"]);
    }
  });
});

describe("a process", () => {
  test("that is frozen does nothing and is caught up with in order; its system still accepts", async () => {
    const { simulation, network } = newWorld();
    const log: string[] = [];
    const process = network.start("b", (self) => {
      void self.listen(addressOf("b"), () =>
        Object.assign(new Recorder(), { received: () => log.push("read") }),
      );
      self.setTimer(50, () => log.push("50"));
      const cancel = self.setTimer(60, () => log.push("cancelled"));
      self.setTimer(40, () => {
        log.push("40");
        cancel();
      });
    });
    await simulation.runUntil(1);
    process.freeze();
    const client = startClient(network, "a", "b", (stream) => stream.write(bytes("x")));
    await simulation.runUntil(1000);
    expect(log).toEqual([]);
    expect(client.log).toEqual(["opened"]);
    process.thaw();
    await simulation.runUntil(1001);
    expect(log).toEqual(["40", "50", "read"]);
  });

  test("that died runs nothing any more, and the next one on its address is another", async () => {
    const { simulation, network } = newWorld();
    const log: string[] = [];
    network.start("a", (self) => {
      self.setTimer(10, () => log.push("timer"));
      void self.listen(addressOf("a"), () => new Recorder());
    });
    await simulation.runUntil(5);
    network.crash("a");
    const second = network.start("a", (self) => void self.listen(addressOf("a"), () => new Recorder()));
    await simulation.runUntil(100);
    expect(log).toEqual([]);
    expect(second.name).toBe("a#2");
    expect(simulation.failures).toEqual([]);
  });

  test("runs what it scheduled, and what its promises set off, before anything else", async () => {
    const { simulation, network } = newWorld();
    const log: string[] = [];
    network.start("a", (self) => {
      self.setTimer(0, () => log.push("next event"));
      self.schedule(() => log.push("scheduled"));
      void Promise.resolve().then(() => self.schedule(() => log.push("by a promise")));
      log.push("now");
    });
    await simulation.runUntil(1);
    expect(log).toEqual(["now", "scheduled", "by a promise", "next event"]);
  });

  test("that throws fails the run", async () => {
    const { simulation, network } = newWorld();
    network.start("a", () => {
      throw new RangeError("mine");
    });
    await simulation.runUntil(1);
    expect(simulation.failures).toMatchObject([
      { rule: "thrown", text: expect.stringMatching(/^a#1: .*mine/) },
    ]);
  });
});
