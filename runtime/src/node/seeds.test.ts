import { describe, expect, test } from "@jest/globals";
import type { Resolver, Service } from "./resolver.ts";
import { parseSeed, resolveSeed } from "./seeds.ts";

const service = (name: string, priority: number, weight: number): Service => ({
  name,
  port: 9100,
  priority,
  weight,
});

function resolver(
  names: Record<string, readonly string[]>,
  services: Record<string, readonly Service[]> = {},
): Resolver {
  const ask = <T>(table: Record<string, T>, name: string) =>
    Object.hasOwn(table, name) ? Promise.resolve(table[name]!) : Promise.reject(new Error("ENOTFOUND"));
  return { addresses: (name) => ask(names, name), services: (name) => ask(services, name) };
}

/** Numbers in [0, 1), evenly spread. */
function numbers(count: number): () => number {
  let at = 0;
  return () => (at++ % count) / count;
}

describe("a seed", () => {
  test.each([
    ["10.0.0.1:9100", { kind: "address", address: { host: "10.0.0.1", port: 9100 } }],
    ["[fe80::1]:9100", { kind: "address", address: { host: "fe80::1", port: 9100 } }],
    ["dns://nodes.example:9100", { kind: "name", name: "nodes.example", port: 9100 }],
    ["dns+srv://_hewn._tcp.example", { kind: "service", name: "_hewn._tcp.example" }],
  ])("%s", (text, seed) => {
    expect(parseSeed(text)).toEqual(seed);
  });

  test.each([
    ["dns://nodes.example", "expected host:port"],
    ["dns+srv://nodes.example:9100", "expected dns+srv://name, without a port"],
    ["dns+srv://", "expected dns+srv://name"],
    ["http://nodes.example:9100", "expected host:port, dns://name:port or dns+srv://name"],
    ["dns+srv://a\nb", "is no seed"],
    ["", "expected host:port"],
  ])("%p is none, and the error says why", (text, reason) => {
    expect(() => parseSeed(text)).toThrow(TypeError);
    expect(() => parseSeed(text)).toThrow(reason);
  });
});

describe("what a seed stands for", () => {
  const names = resolver({ "nodes.example": ["10.0.0.1", "10.0.0.2", "fe80::3", "10.0.0.1"] });

  test("is every address of a name, once, in an order that differs, with the name that its certificate is for", async () => {
    const firsts = new Set<string>();
    const random = numbers(97);
    for (let i = 0; i < 50; i++) {
      const addresses = await resolveSeed(parseSeed("dns://nodes.example:9100"), names, random);
      expect(addresses.map(({ host }) => host).sort()).toEqual(["10.0.0.1", "10.0.0.2", "fe80::3"]);
      for (const address of addresses) expect(address).toMatchObject({ port: 9100, name: "nodes.example" });
      firsts.add(addresses[0]!.host);
    }
    expect(firsts.size).toBe(3);
  });

  test("is every entry of a service, the lowest priority first, then by weight", async () => {
    const entries = [service("c.example", 2, 9), service("a.example.", 1, 1), service("b.example", 1, 3)];
    const services = resolver({}, { "_hewn._tcp.example": entries });
    const random = numbers(101);
    const firsts: string[] = [];
    for (let i = 0; i < 400; i++) {
      const addresses = await resolveSeed(parseSeed("dns+srv://_hewn._tcp.example"), services, random);
      expect(addresses[2]).toEqual({ host: "c.example", port: 9100 });
      expect(new Set(addresses.map(({ host }) => host)).size).toBe(3);
      firsts.push(addresses[0]!.host);
    }
    const heavier = firsts.filter((host) => host === "b.example").length;
    expect(heavier).toBeGreaterThan(250);
    expect(heavier).toBeLessThan(350);
  });

  test("is nothing where the service is said not to be there, and all of it where no entry has a weight", async () => {
    const none = resolver({}, { "x.example": [service(".", 0, 0)] });
    expect(await resolveSeed(parseSeed("dns+srv://x.example"), none, numbers(3))).toEqual([]);
    const equal = resolver({}, { "x.example": [service("a", 0, 0), service("b", 0, 0)] });
    expect(await resolveSeed(parseSeed("dns+srv://x.example"), equal, numbers(3))).toHaveLength(2);
  });

  test("is an error where the name is not known", async () => {
    for (const seed of ["dns://other.example:1", "dns+srv://other.example"]) {
      await expect(resolveSeed(parseSeed(seed), names, numbers(3))).rejects.toMatchObject({
        code: "unknownHost",
        message: expect.stringContaining(`cannot resolve ${seed}`),
      });
    }
  });
});

test("a seed without its port is named whole", () => {
  expect(() => parseSeed("dns://x")).toThrow("'dns://x' is no seed: expected host:port behind dns://");
});
