import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { onStage, statusOf } from "../../packages/cli/src/testing/node-stage.ts";
import { Cable, canDropPackets } from "./namespaces.testing.ts";

jest.setTimeout(120_000);

// Elsewhere than on Linux, and for others than root, there are no namespaces to cut a cable between.
const describeCables = canDropPackets() ? describe : describe.skip;

describeCables("a node that is cut off", () => {
  let cable: Cable;
  beforeAll(() => {
    cable = new Cable();
  });
  afterAll(() => cable.remove());

  test("is unreachable in hewn members, not frozen and not dead, and alive again when the cable is mended", async () => {
    await onStage({}, async (stage) => {
      const [one, two] = cable.hosts;
      const a = await stage.nodeWithin(cable.at(0), "--bind", `${one}:9100`, "--name", "a", "--insecure");
      const rest = ["--name", "b", "--insecure", "--seeds", a.address];
      await stage.nodeWithin(cable.at(1), "--bind", `${two}:9100`, ...rest);
      await stage.until((all) => statusOf(all, "b") === "alive", "-n", "a");
      cable.drop("INPUT");
      cable.drop("OUTPUT");
      await stage.until((all) => statusOf(all, "b") === "unreachable", "-n", "a");
      await stage.until((all) => statusOf(all, "a") === "unreachable", "-n", "b");
      const { stdout } = await stage.hewn("why", "b", "-n", "a");
      expect(stdout).toMatch(/unreachable +nobody has heard of it while it was suspected; found by a$/m);
      expect(stdout).not.toMatch(/ {2}(?:frozen|dead) {2}/);
      cable.mend();
      await stage.until((all) => statusOf(all, "b") === "alive", "-n", "a");
      await stage.until((all) => statusOf(all, "a") === "alive", "-n", "b");
    });
  });
});
