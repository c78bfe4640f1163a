import { describe, expect, test } from "@jest/globals";
import { type Pending, PendingHandshakes, sourceOf } from "./pending-handshakes.ts";

class Entry implements Pending {
  readonly source: string;
  silent: boolean;
  constructor(source: string, silent = true) {
    this.source = source;
    this.silent = silent;
  }
}

describe("pending handshakes", () => {
  test("are never more than their bound: one goes for each that comes", () => {
    const pending = new PendingHandshakes<Entry>(3);
    const entries = Array.from({ length: 10 }, () => new Entry("a"));
    expect(entries.map((entry) => pending.add(entry))).toEqual([
      undefined,
      undefined,
      undefined,
      ...entries.slice(0, 7),
    ]);
    expect(pending.size).toBe(3);
    expect(pending.delete(entries[0]!)).toBe(false);
    expect(pending.delete(entries[9]!)).toBe(true);
    expect(pending.add(new Entry("a"))).toBeUndefined();
  });

  test("the silent go before those that have said something, however old these are", () => {
    const pending = new PendingHandshakes<Entry>(3);
    const [talks, silent, late] = [new Entry("a", false), new Entry("a"), new Entry("a", false)];
    for (const entry of [talks, silent, late]) pending.add(entry);
    expect(pending.add(new Entry("a", false))).toBe(silent);
    expect(pending.add(new Entry("a", false))).toBe(talks);
  });

  test("those go whose source has the most, also where another's are silent", () => {
    const pending = new PendingHandshakes<Entry>(4);
    const lone = new Entry("b");
    const crowd = [new Entry("a", false), new Entry("a", false), new Entry("a", false)];
    for (const entry of [lone, ...crowd]) pending.add(entry);
    expect(pending.add(new Entry("c"))).toBe(crowd[0]);
  });

  test("of many sources with as many each, the silent go before a node that talks", () => {
    const pending = new PendingHandshakes<Entry>(128);
    const node = new Entry("node", false);
    pending.add(node);
    const silent = Array.from({ length: 300 }, (_, index) => new Entry(`source ${index}`));
    const victims = silent.map((entry) => pending.add(entry)).filter((entry) => entry !== undefined);
    expect(victims).toEqual(silent.slice(0, 300 - 127));
    expect(pending.delete(node)).toBe(true);
  });

  test("nodes behind one address stay before the silent of many; one that takes a great share does not", () => {
    const pending = new PendingHandshakes<Entry>(128);
    const talking = Array.from({ length: 16 }, () => new Entry("one address", false));
    const silent = Array.from({ length: 112 }, (_, index) => new Entry(`source ${index}`));
    for (const entry of [...talking, ...silent]) pending.add(entry);
    expect(pending.add(new Entry("one address", false))).toBe(silent[0]);
    expect(pending.add(new Entry("another"))).toBe(talking[0]);
  });
});

test.each([
  ["10.0.0.1", "10.0.0.1"],
  ["::ffff:10.0.0.1", "10.0.0.1"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8:1:2::6", "2001:db8:1:2"],
  ["2001:db8::6", "2001:db8:0:0"],
  ["fe80::1%eth0", "fe80:0:0:0"],
  ["::1", "0:0:0:0"],
  ["", ""],
])("%p comes from %p", (address, source) => {
  expect(sourceOf(address)).toBe(source);
});
