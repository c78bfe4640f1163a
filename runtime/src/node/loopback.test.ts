import { expect, test } from "@jest/globals";
import { isLoopback } from "./loopback.ts";

test.each(["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1", "0:0:0:0:0:0:0:1"])(
  "%s stays here",
  (address) => {
    expect(isLoopback(address)).toBe(true);
  },
);

test.each(["0.0.0.0", "::", "10.0.0.1", "fe80::1%lo", "128.0.0.1", "::ffff:10.0.0.1", "localhost", ""])(
  "%s may leave this machine",
  (address) => {
    expect(isLoopback(address)).toBe(false);
  },
);
