import { expect, test } from "@jest/globals";
import { formatNodeId, isHostName, parseNodeId, sameNode } from "./node-id.ts";

const node = { host: "fe80::1", port: 9100, instance: 255n };

test("every part counts for being the same node", () => {
  expect(sameNode(node, { ...node })).toBe(true);
  for (const change of [{ host: "::1" }, { port: 1 }, { instance: 1n }]) {
    expect(sameNode(node, { ...node, ...change })).toBe(false);
  }
});

test("a node reads as its address and its instance", () => {
  expect(formatNodeId(node)).toBe("[fe80::1]:9100#00000000000000ff");
  expect(formatNodeId({ ...node, host: "db.example" })).toBe("db.example:9100#00000000000000ff");
});

test("host names hold nothing that could not stand in a log", () => {
  for (const host of ["localhost", "10.0.0.1", "fe80::1%eth0", "a-b_c.example"])
    expect(isHostName(host)).toBe(true);
  for (const host of ["", "a b", "a\n", "[::1]", "ä", "h".repeat(254)]) expect(isHostName(host)).toBe(false);
});

test("a node's text leads back to it, and no other text to any", () => {
  for (const host of ["db.example", "10.0.0.1", "fe80::1%eth0"]) {
    for (const port of [0, 9100, 65_535]) {
      for (const instance of [0n, 255n, 2n ** 64n - 1n]) {
        expect(parseNodeId(formatNodeId({ host, port, instance }))).toEqual({ host, port, instance });
      }
    }
  }
  const wrong = [
    "",
    "a:1",
    "a:1#ff",
    "a:65536#00000000000000ff",
    "a:01#00000000000000ff",
    "fe80::1:1#00000000000000ff",
  ];
  const strange = [
    "[a]:1#00000000000000ff",
    "a b:1#00000000000000ff",
    "a:1#00000000000000FF",
    "a:1#00000000000000ff ",
  ];
  for (const text of [...wrong, ...strange]) expect(parseNodeId(text)).toBeUndefined();
});
