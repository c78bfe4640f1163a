import { describe, expect, test } from "@jest/globals";
import { openPlace } from "./place.ts";
import { newClusterSecret } from "./security/cluster-secret.ts";
import { isWildcard } from "./wildcard.ts";

const secret = newClusterSecret();

describe("a node that others could not reach is refused, and told what to say", () => {
  test.each([
    "0.0.0.0:9100",
    "[::]:9100",
    "[0:0:0:0:0:0:0:0]:9100",
    "[::0]:9100",
    "[::ffff:0.0.0.0]:9100",
    "everywhere.example:9100",
  ])("where it listens on %s", async (listen) => {
    const resolver = {
      addresses: async (name: string) => [name === "everywhere.example" ? "0.0.0.0" : name],
      services: async () => [],
    };
    await expect(openPlace({ listen, secret, resolver })).rejects.toMatchObject({
      code: "misconfigured",
      message: expect.stringMatching(/^others cannot reach this node at .*: say with advertise/),
    });
    const advertise = "node.example:0";
    expect(await openPlace({ listen, advertise, secret, resolver })).toMatchObject({
      advertise: { host: "node.example", port: 0 },
    });
  });

  test("where the system takes the name for all addresses", async () => {
    await expect(openPlace({ listen: "0:9100", secret })).rejects.toMatchObject({ code: "misconfigured" });
  });

  test("where it advertises all addresses", async () => {
    await expect(
      openPlace({ listen: "0.0.0.0:9100", advertise: "[::0]:9100", secret }),
    ).rejects.toMatchObject({ code: "misconfigured" });
  });
});

test.each(["0.0.0.1", "::1", "10.0.0.0", "node.example", ""])("%p is one address, or none", (address) => {
  expect(isWildcard(address)).toBe(false);
});
