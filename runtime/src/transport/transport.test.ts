import { describe, expect, test } from "@jest/globals";
import { pair, text } from "./nodes.testing.ts";

describe("two nodes", () => {
  test.each([1, 3, 1000])(
    "exchange messages in order, both ways, in pieces of %i bytes",
    async (pieceBytes) => {
      const { network, a, b, atA, atB } = await pair();
      a.host.pieceBytes = pieceBytes;
      b.host.pieceBytes = pieceBytes;
      const texts = Array.from({ length: 50 }, (_, i) => `${i}`.repeat(i % 13));
      for (const each of texts) {
        expect(atA.send(text, each)).toEqual({ status: "accepted" });
        expect(atB.send(text, `to you ${each}`)).toEqual({ status: "accepted" });
      }
      await network.settled();
      expect(b.received).toEqual(texts);
      expect(a.received).toEqual(texts.map((each) => `to you ${each}`));
      expect(atA.counters).toMatchObject({ sent: 50, notSent: 0, delivered: 50, lost: 0 });
    },
  );
});
