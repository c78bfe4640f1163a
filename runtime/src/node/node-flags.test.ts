import { describe, expect, test } from "@jest/globals";
import { clusterOptionsFromArgs, clusterOptionsOf, type NodeFlags } from "./node-flags.ts";

const given = (...argv: readonly string[]) => clusterOptionsFromArgs(argv, {}).options;

describe("the flags of a node", () => {
  test("say where it listens, whom it joins, and who it is", () => {
    const argv = [
      "--bind",
      "10.0.0.1:9100",
      "--advertise=n1:9100",
      "--seeds",
      "a:1, b:2,,",
      "--seeds=dns://c:3",
    ];
    expect(
      given(...argv, "--name", "one", "--role", "db,web", "--tag", "zone=x=y", "--tag", "rack="),
    ).toEqual({
      bind: "10.0.0.1:9100",
      advertise: "n1:9100",
      seeds: ["a:1", "b:2", "dns://c:3"],
      name: "one",
      roles: ["db", "web"],
      tags: { zone: "x=y", rack: "" },
      environment: {},
    });
  });

  test("have defaults, and the environment before those", () => {
    expect(given()).toMatchObject({ bind: "127.0.0.1:9100", seeds: [], roles: [], tags: {} });
    const environment = { HEWN_BIND: "b:1", HEWN_SEEDS: "c:1,d:1", HEWN_NAME: "n", HEWN_ADVERTISE: "e:1" };
    expect(clusterOptionsFromArgs(["--name", "m"], environment).options).toEqual({
      bind: "b:1",
      advertise: "e:1",
      seeds: ["c:1", "d:1"],
      name: "m",
      roles: [],
      tags: {},
      environment,
    });
  });

  test("say how the node proves who it is", () => {
    expect(given("--secret-file", "s")).toMatchObject({ secretFile: "s" });
    expect(given("--cert", "c", "--key", "k", "--ca", "a")).toMatchObject({
      certificates: { cert: "c", key: "k", ca: "a" },
    });
    expect(given("--insecure")).toMatchObject({ insecure: true });
  });

  test("say where the pulse thread is", () => {
    expect(given("--pulse", "off")).toMatchObject({ pulse: false });
    expect(given("--pulse", "9200")).toMatchObject({ pulse: { port: 9200 } });
    expect(given("--pulse=9200:30200")).toMatchObject({ pulse: { port: 9200, advertisePort: 30200 } });
    expect(clusterOptionsFromArgs([], { HEWN_PULSE: "off" }).options).toMatchObject({ pulse: false });
    expect(given()).not.toHaveProperty("pulse");
  });

  test.each<readonly [string, object]>([
    ["none", { kind: "none" }],
    ["after:30s", { kind: "after", afterMs: 30_000 }],
    ["after:500ms", { kind: "after", afterMs: 500 }],
    ["static-quorum:3", { kind: "staticQuorum", quorum: 3, stableMs: 10_000 }],
    ["static-quorum:3:2m", { kind: "staticQuorum", quorum: 3, stableMs: 120_000 }],
    ["keep-majority", { kind: "keepMajority", stableMs: 10_000 }],
    ["keep-majority:1h", { kind: "keepMajority", stableMs: 3_600_000 }],
  ])("a policy is written %s", (policy, expected) => {
    expect(given("--policy", policy, "--profile", "wan")).toMatchObject({ policy: expected, profile: "wan" });
  });

  test.each<readonly [readonly string[], RegExp]>([
    [["--pulse", "on"], /^--pulse is a port/],
    [["--pulse", "65536"], /^--pulse is/],
    [["--pulse", "9200:"], /^--pulse is/],
    [["--pulse", "1:2:3"], /^--pulse is/],
    [["--policy", "after"], /^--policy is none, after:30s/],
    [["--policy", "after:30"], /^--policy is/],
    [["--policy", "static-quorum"], /^--policy is/],
    [["--policy", "static-quorum:0"], /^--policy is/],
    [["--policy", "keep-majority:x"], /^--policy is/],
    [["--policy", "none:1s"], /^--policy is/],
    [["--policy", "\u001b[2J"], /not '\\u\{1b\}\[2J'$/],
    [["--profile", "toString"], /^--profile is local, lan, wan; not 'toString'/],
    [["--tag", "x"], /^--tag takes key=value/],
    [["--tag", "=x"], /^--tag takes key=value/],
    [["--cert", "c", "--key", "k"], /^--cert, --key and --ca are given together/],
    [["--bind"], /^--bind needs a value/],
    [["--insecure=yes"], /^--insecure takes no value/],
  ])("%j is refused with a sentence", (argv, sentence) => {
    expect(() => given(...argv)).toThrow(sentence);
  });

  test("leave the application what is its own, in its order", () => {
    const argv = ["run", "--verbose", "--bind", "a:1", "--depth=3", "-x", "file", "--", "--name", "y"];
    const { options, rest } = clusterOptionsFromArgs(argv, {});
    expect(options).toMatchObject({ bind: "a:1" });
    expect(options).not.toHaveProperty("name");
    expect(rest).toEqual(["run", "--verbose", "--depth=3", "-x", "file", "--", "--name", "y"]);
  });

  test("that another parser has read mean the same", () => {
    const flags: NodeFlags = { bind: "a:1", seeds: ["b:1,c:1"], secretFile: "s" };
    expect(clusterOptionsOf(flags, {})).toEqual(
      given("--bind", "a:1", "--seeds", "b:1", "--seeds", "c:1", "--secret-file", "s"),
    );
  });
});
