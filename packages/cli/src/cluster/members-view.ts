// The members of a cluster as a table and as JSON.
import type { ControlReply, MemberReport } from "@hewn/runtime/node";
import { formatAddress, printable } from "@hewn/runtime/node";
import type { Terminal } from "../terminal.ts";
import { count, list } from "../wording.ts";
import { duration, shortTime } from "./durations.ts";
import { statusStyle } from "./status-style.ts";
import { type Cell, type Column, tableLines } from "./table.ts";
import { addressText, instanceText, type Status } from "./words.ts";

const finals: ReadonlySet<Status> = new Set<Status>(["removed", "dead", "left"]);

/** For how long one that is gone stays in the table, in milliseconds. */
const goneShownMs = 15 * 60_000;

const columns: readonly Column[] = [
  { title: "", widthMin: 1 },
  { title: "NAME", yields: 3, widthMin: 8 },
  { title: "ADDRESS" },
  { title: "STATUS" },
  { title: "FOR", align: "right", yields: 1 },
  { title: "INC", align: "right" },
  { title: "INSTANCE", yields: 2 },
  { title: "ROLES", yields: 0, widthMin: 0 },
  { title: "VERSION", yields: 0 },
  { title: "RTT", align: "right" },
  { title: "LAG", align: "right" },
];

export function isFinal(status: Status): boolean {
  return finals.has(status);
}

/** This node first, then those that are there, then those that are gone; by name. */
export function sorted(members: readonly MemberReport[]): readonly MemberReport[] {
  const rank = ({ isSelf, status }: MemberReport) => (isFinal(status) ? 2 : isSelf ? 0 : 1);
  const name = (member: MemberReport) => `${member.name || "\uffff"} ${formatAddress(member.node)}`;
  return [...members].sort((a, b) => rank(a) - rank(b) || (name(a) < name(b) ? -1 : 1));
}

/** The table, without those that have been gone for long unless `all`; in a terminal of `height` lines no more than fit. */
export function memberLines(
  members: readonly MemberReport[],
  terminal: Terminal,
  all: boolean,
  linesMax = Infinity,
): readonly string[] {
  const shown = sorted(members).filter(
    ({ status, forMs = 0 }) => all || !isFinal(status) || forMs < goneShownMs,
  );
  const rows = shown.slice(0, linesMax).map((member) => rowOf(member, terminal));
  const lines = tableLines(columns, rows, terminal.width);
  const hidden = members.length - rows.length;
  const more = shown.length > rows.length ? "more" : "more that are gone";
  return hidden === 0
    ? lines
    : [...lines, `… and ${hidden} ${more}${shown.length > rows.length ? "" : "; --all lists them"}`];
}

function rowOf(member: MemberReport, terminal: Terminal): readonly Cell[] {
  const { node, isSelf, name, status, incarnation, roles, versions, roundTripMs, lagMs, forMs } = member;
  const style = statusStyle(terminal, "out");
  return [
    { text: isSelf ? "*" : "" },
    { text: printable(name) },
    { text: addressText(node) },
    { text: printable(status), style: (text) => style(status, text) },
    { text: forMs === undefined ? "" : duration(forMs) },
    { text: String(incarnation) },
    { text: instanceText(node) },
    { text: printable(list(roles)) },
    { text: versionText(versions) },
    { text: roundTripMs === undefined ? "" : shortTime(roundTripMs) },
    { text: lagMs < 1 ? "" : shortTime(lagMs) },
  ];
}

/** The application's, or else hewn's. */
function versionText(versions: Readonly<Record<string, string>>): string {
  const { app, hewn } = versions as Readonly<Record<string, string | undefined>>;
  return printable(app ?? (hewn === undefined ? "" : `hewn ${hewn}`));
}

/** `3 members: 2 alive, 1 frozen`, and who says so. */
export function summaryOf(members: readonly MemberReport[], name: string): string {
  const numbers = new Map<Status, number>();
  for (const { status } of members) numbers.set(status, (numbers.get(status) ?? 0) + 1);
  const parts = [...numbers].map(([status, number]) => `${number} ${printable(status)}`);
  return `hewn: ${count(members.length, "member")}: ${list(parts)}, as ${printable(name)} sees them`;
}

/** What was refused or bounded, where there is anything. */
export function refusalsOf(counters: Readonly<Record<string, number>>): string | undefined {
  const parts = Object.entries(counters)
    .filter(
      ([name, number]) => number > 0 && /refused|forger|fromFenced|fromObservers|incompatible/i.test(name),
    )
    .map(([name, number]) => `${printable(name)} ${number}`);
  return parts.length === 0 ? undefined : `hewn: refused or bounded: ${list(parts)}`;
}

export interface JsonMember extends Omit<MemberReport, "node" | "accusers"> {
  readonly address: string;
  readonly instance: string;
  readonly accusers: readonly string[];
}

type MemberId = MemberReport["node"];

export function jsonId({ host, port, instance }: MemberId) {
  return { address: formatAddress({ host, port }), instance: instance.toString(16).padStart(16, "0") };
}

export function jsonIds(ids: readonly MemberId[]): readonly string[] {
  return ids.map((id) => `${formatAddress(id)}#${jsonId(id).instance}`);
}

export function jsonMember({ node, accusers, ...rest }: MemberReport): JsonMember {
  return { ...jsonId(node), ...rest, accusers: jsonIds(accusers) };
}

export function jsonNode({ node, name }: ControlReply & { readonly kind: "node" }) {
  return { ...jsonId(node), name };
}
