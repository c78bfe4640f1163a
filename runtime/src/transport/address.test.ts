import { describe, expect, test } from "@jest/globals";
import { formatAddress, parseAddress } from "./address.ts";

describe("an address", () => {
  test.each([
    ["127.0.0.1:9100", "127.0.0.1", 9100],
    ["db-1.example:0", "db-1.example", 0],
    ["[::1]:65535", "::1", 65535],
    ["[fe80::1%eth0]:1", "fe80::1%eth0", 1],
  ])("reads and writes %s", (text, host, port) => {
    expect(parseAddress(text)).toEqual({ host, port });
    expect(formatAddress({ host, port })).toBe(text);
  });

  test.each([
    "",
    "host",
    ":1",
    "host:",
    "host:65536",
    "host:123456",
    "host:1x",
    "::1",
    "::1:9100",
    "[::1]",
    "[host]:1",
    "a b:1",
  ])("refuses %j", (text) => {
    expect(() => parseAddress(text)).toThrow(TypeError);
  });
});
