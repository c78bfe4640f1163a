import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import {
  consumedOf,
  granted,
  grantHasNews,
  grantIsDue,
  grantSent,
  newReceiving,
  newSending,
  receive,
  zero,
} from "./credit.ts";

const window = { messages: 4, bytes: 100 };

describe("the receiver", () => {
  test("takes what was granted and not a message more", () => {
    const receiving = newReceiving(window);
    for (let i = 0; i < 4; i++) expect(receive(receiving, 1, 5)).toBe(true);
    expect(receive(receiving, 0, 5)).toBe(true);
    expect(receive(receiving, 1, 5)).toBe(false);
  });

  test("takes the frame that exceeds the bytes, and none behind it", () => {
    const receiving = newReceiving(window);
    expect(receive(receiving, 1, 99)).toBe(true);
    expect(receive(receiving, 1, 1000)).toBe(true);
    expect(receive(receiving, 0, 1)).toBe(false);
  });

  test("owes a grant when half of the window is consumed, and has news before that", () => {
    const receiving = newReceiving(window);
    expect([grantIsDue(receiving), grantHasNews(receiving)]).toEqual([false, false]);
    receive(receiving, 1, 5);
    receive(receiving, 1, 5);
    receiving.waiting.messages = 1;
    receiving.waiting.bytes = 5;
    expect([grantIsDue(receiving), grantHasNews(receiving)]).toEqual([false, true]);
    receiving.waiting.messages = 0;
    receiving.waiting.bytes = 0;
    expect(grantIsDue(receiving)).toBe(true);
    grantSent(receiving);
    expect([grantIsDue(receiving), grantHasNews(receiving)]).toEqual([false, false]);
    receive(receiving, 0, 50);
    expect(grantIsDue(receiving)).toBe(true);
  });
});

describe("a grant", () => {
  test("that is repeated or overtaken changes nothing", () => {
    const sending = newSending(window);
    const sent = { messages: 10, bytes: 100 };
    expect(granted(sending, sent, { messages: 7, bytes: 70 })).toBe(true);
    expect(granted(sending, sent, { messages: 7, bytes: 70 })).toBe(true);
    expect(granted(sending, sent, { messages: 3, bytes: 90 })).toBe(true);
    expect(granted(sending, sent, { messages: -5, bytes: -1 })).toBe(true);
    expect(sending.consumed).toEqual({ messages: 7, bytes: 90 });
  });

  test("for more than was sent is refused and changes nothing", () => {
    const sending = newSending(window);
    const sent = { messages: 10, bytes: 100 };
    expect(granted(sending, sent, { messages: 11, bytes: 0 })).toBe(false);
    expect(granted(sending, sent, { messages: 0, bytes: 101 })).toBe(false);
    expect(sending.consumed).toEqual(zero());
  });
});

test("however grants are lost, repeated and overtaken, both sides agree on what may go, and nothing stops for good", () => {
  const script = fc.array(
    fc.oneof(
      fc.record({ send: fc.integer({ min: 1, max: 60 }) }),
      fc.record({ consume: fc.nat(3) }),
      fc.record({ deliver: fc.nat(20), keep: fc.boolean() }),
    ),
    { maxLength: 100 },
  );
  fc.assert(
    fc.property(script, (steps) => {
      const sending = newSending(window);
      const receiving = newReceiving(window);
      const sent = zero();
      const onWay: { messages: number; bytes: number }[] = [];
      const unread: number[] = [];
      const maySend = () =>
        sent.messages < sending.consumed.messages + window.messages &&
        sent.bytes < sending.consumed.bytes + window.bytes;
      for (const each of steps) {
        if ("send" in each) {
          if (!maySend()) continue;
          sent.messages++;
          sent.bytes += each.send;
          unread.push(each.send);
          expect(receive(receiving, 1, each.send)).toBe(true);
          receiving.waiting.messages++;
          receiving.waiting.bytes += each.send;
        } else if ("consume" in each) {
          for (const bytes of unread.splice(0, each.consume)) {
            receiving.waiting.messages--;
            receiving.waiting.bytes -= bytes;
          }
          if (!grantIsDue(receiving)) continue;
          onWay.push({ ...grantSent(receiving) });
        } else {
          const grant = onWay[each.deliver % (onWay.length || 1)];
          if (grant !== undefined) expect(granted(sending, sent, grant)).toBe(true);
          if (!each.keep && grant !== undefined) onWay.splice(onWay.indexOf(grant), 1);
        }
        expect(sent.messages - sending.consumed.messages).toBeLessThanOrEqual(window.messages);
      }
      Object.assign(receiving.waiting, zero());
      expect(consumedOf(receiving)).toEqual(sent);
      expect(granted(sending, sent, grantSent(receiving))).toBe(true);
      expect(maySend()).toBe(true);
    }),
  );
});
