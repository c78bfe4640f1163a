// What a node says of members, in words for people. Everything that another process chose is made printable here.
import { formatAddress, type MemberReport, printable, type TrailReport } from "@hewn/runtime/node";
import { list } from "../wording.ts";

type MemberId = MemberReport["node"];
export type Status = MemberReport["status"];
type Evidence = MemberReport["evidence"];

/** What was found, by evidence. */
const findings: Readonly<Record<Evidence, string>> = {
  joined: "it is there",
  refuted: "it answered for itself, and refuted what was said of it",
  probeFailed: "no answer to a probe, neither directly nor by way of others",
  suspicionExpired: "nobody has heard of it while it was suspected",
  silent: "its machine takes connections, and the process does not answer them",
  pulseLagged: "its process lives, but its event loop does not turn",
  refused: "its address refuses connections: the process is gone",
  replaced: "another start of the node answers at its address",
  goodbye: "it said goodbye",
  policy: "the policy for unreachable members removed it",
  reborn: "it was declared dead, and goes on as a new instance",
};

/** What becomes of a member with that status. */
const prospects: Readonly<Record<Status, string>> = {
  alive: "It answers, itself or by way of others.",
  stalled: "It is not given up: it is alive again when its loop turns.",
  suspect: "It can still answer; otherwise it will be called unreachable.",
  unreachable: "It is dialled again and again, and comes back when it answers. Nothing says that it is dead.",
  frozen: "It is dialled again and again, and comes back when it is thawed. Nothing says that it is dead.",
  removed: "This is final: it comes back as a new instance.",
  dead: "This is final: a new start at that address is another member.",
  left: "This is final: a new start at that address is another member.",
};

export function prospectOf(status: Status): string {
  return prospects[status];
}

/** Members by name where they have one, else by address. */
export class Names {
  readonly #names = new Map<string, string>();

  /** Takes in what a member is called. */
  learn(node: MemberId, name: string): void {
    if (name !== "") this.#names.set(keyOf(node), printable(name));
  }

  of(node: MemberId): string {
    return this.#names.get(keyOf(node)) ?? addressText(node);
  }

  all(nodes: readonly MemberId[]): string {
    const names = [...new Set(nodes.map((node) => this.of(node)))];
    const last = names.pop() ?? "";
    return names.length === 0 ? last : `${list(names)} and ${last}`;
  }
}

function keyOf(node: MemberId): string {
  return `${formatAddress(node)} ${node.instance}`;
}

export function addressText(node: MemberId): string {
  return printable(formatAddress(node), 260);
}

/** The digits that tell starts of a node apart for people. */
export function instanceText({ instance }: MemberId): string {
  return instance.toString(16).padStart(16, "0").slice(0, 8);
}

type Claim = Pick<TrailReport, "evidence" | "accusers" | "incarnation" | "from">;

/** Why a member was said to be so, who found it, and who told. */
export function causeOf(
  { evidence, accusers, incarnation, from }: Claim,
  member: MemberId,
  names: Names,
): string {
  const finding =
    evidence === "refuted" ? `${findings.refuted} (incarnation ${incarnation})` : findings[evidence];
  const found = accusers.length > 0 && `found by ${names.all(accusers)}`;
  const isTold =
    from !== undefined && !sameNode(from, member) && !accusers.some((one) => sameNode(one, from));
  return [finding, list([found, isTold && `told by ${names.of(from)}`])]
    .filter((part) => part !== "")
    .join("; ");
}

function sameNode(a: MemberId, b: MemberId): boolean {
  return a.host === b.host && a.port === b.port && a.instance === b.instance;
}
