import type { MemberReport } from "@hewn/runtime/node";
import { describe, expect, test } from "@jest/globals";
import type { Terminal } from "../terminal.ts";
import { displayWidth } from "./display-width.ts";
import { EventLines } from "./event-lines.ts";
import { cutLine } from "./live-screen.ts";
import { memberLines, refusalsOf, sorted, summaryOf } from "./members-view.ts";
import { safeJson } from "./safe-json.ts";

function member(change: Partial<MemberReport> = {}): MemberReport {
  return {
    node: { host: "127.0.0.1", port: 9100, instance: 0x3fa9_0000_0000_0001n },
    isSelf: false,
    status: "alive",
    incarnation: 0,
    evidence: "joined",
    accusers: [],
    name: "a",
    roles: [],
    tags: {},
    actors: [],
    versions: {},
    isConnected: true,
    lagMs: 0,
    ...change,
  };
}

function terminal(width?: number): Terminal {
  const plain = (_: unknown, text: string) => text;
  const rest = { colors: false, interactive: false, ask: undefined, errWidth: undefined };
  return { out() {}, err() {}, styleOut: plain, styleErr: plain, width, ...rest };
}

/** What a member, or a node that is asked, may say of itself. */
const hostile = [
  "\u001b[2J\u001b[H",
  "a\nb\r\tc",
  "\u202etxet\u202c",
  "\u2066\u2069\u200f\u061c",
  "\u0007\u0000\u007f\u009b31m",
  "\ud800",
  "a\u2028b\u2029",
  "\ufeff\u200b",
  "x".repeat(5_000),
];
/** Told by number: the names of tests are printed. */
const numbered = hostile.map((text, at) => [at, text] as const);
const raw = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe("a table of members", () => {
  test("names this node first, then who is there, then who is gone", () => {
    const all = [
      member({ name: "d", status: "dead" }),
      member({ name: "c" }),
      member({ name: "b", status: "suspect" }),
      member({ name: "z", isSelf: true }),
    ];
    expect(sorted(all).map(({ name }) => name)).toEqual(["z", "b", "c", "d"]);
  });

  test("leaves out who has been gone for long, and says so", () => {
    const gone = member({ name: "old", status: "dead", forMs: 3_600_000 });
    const lines = memberLines([member(), gone], terminal(), false);
    expect(lines.at(-1)).toBe("… and 1 more that are gone; --all lists them");
    expect(memberLines([member(), gone], terminal(), true).join("\n")).toContain("old");
  });

  test.each(numbered)("shows hostile text %i as text, whoever says it, and keeps to its lines", (_, text) => {
    const said = { name: text, roles: [text], versions: { app: text }, tags: { [text]: text } };
    const asked = {
      ...said,
      node: { host: text, port: 1, instance: 1n },
      status: text as MemberReport["status"],
    };
    const all = [member({ isSelf: true }), member(said), member(asked)];
    const lines = memberLines(all, terminal(), true);
    expect(lines.length).toBe(4);
    for (const line of [...lines, summaryOf(all, text)]) expect(line).not.toMatch(raw);
    expect(safeJson({ all })).not.toMatch(/[\p{Cf}\p{Cc}\p{Zl}\p{Zp}]/u);
    expect(refusalsOf({ [`${text}refused`]: 1 })).not.toMatch(raw);
    const event = {
      kind: "status",
      msAgo: 0,
      member: asked.node,
      name: text,
      status: "dead",
      incarnation: 0,
    } as const;
    const line = new EventLines(terminal(), "out").of({
      ...event,
      evidence: "refused",
      accusers: [asked.node],
    });
    expect(line).not.toMatch(raw);
  });

  test.each([40, 60, 80, 100, 200])("fits %i columns as far as addresses and statuses do", (width) => {
    const long = member({
      name: "a-name-that-is-quite-long-for-a-table",
      roles: ["database", "gateway", "日本語の役割"],
      versions: { app: "12.34.56-beta.789+build" },
      status: "unreachable",
      forMs: 1_000_000,
      roundTripMs: 1.234,
      lagMs: 12_345,
    });
    const lines = memberLines([long, member()], terminal(width), true);
    const widest = Math.max(...lines.map(displayWidth));
    expect(widest).toBeLessThanOrEqual(Math.max(width, 72));
    for (const line of lines.slice(1)) expect(line).toContain("127.0.0.1:9100");
  });

  test("a line that is drawn over never takes a second one, whatever its colours", () => {
    const line = `b  alive -> \u001b[31mdead\u001b[39m  (found by 日本語)`;
    expect(cutLine(line, undefined)).toBe(line);
    expect(cutLine(line, 100)).toBe(line);
    for (let width = 1; width < 32; width++) {
      const cut = cutLine(line, width);
      expect(displayWidth(cut)).toBeLessThanOrEqual(width);
      expect(cut).not.toContain("\u001b");
    }
  });

  test("counts wide characters as two columns and marks as none", () => {
    expect(["abc", "日本", "e\u0301", "😀"].map(displayWidth)).toEqual([3, 4, 1, 2]);
    const lines = memberLines([member({ name: "日本" }), member({ name: "abcd" })], terminal(), true);
    expect(new Set(lines.slice(1).map((line) => displayWidth(line.slice(0, line.indexOf("127")))))).toEqual(
      new Set([6]),
    );
  });

  test("says what was refused, and nothing where nothing was", () => {
    expect(refusalsOf({ updatesRefused: 2, probesSent: 9, forgeries: 1, refusedPlaintext: 0 })).toBe(
      "hewn: refused or bounded: updatesRefused 2, forgeries 1",
    );
    expect(refusalsOf({ probesSent: 9, updatesRefused: 0 })).toBeUndefined();
  });
});
