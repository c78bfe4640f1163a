// What the parts of a system report of themselves, and what was seen on its network: the input of checkers. Plain
// data, so that the logs of real processes can be held against the same rules.
//
// A process is named by its machine and its start, `a#2`: the second process on machine `a`.

export type Observation =
  | { readonly kind: "started"; readonly process: string }
  | { readonly kind: "died"; readonly process: string }
  /** It said goodbye before it ended, and so answers for what it sent. */
  | { readonly kind: "left"; readonly process: string }
  /** A message was taken over for sending. `sequence` rises within sender, target and pair. */
  | {
      readonly kind: "accepted";
      readonly from: string;
      readonly to: string;
      readonly pair: number;
      readonly sequence: number;
      readonly bytes: number;
    }
  /** A message was not taken over, and whoever sent it was told. */
  | { readonly kind: "refused"; readonly from: string; readonly to: string; readonly reason: string }
  /** A message came to the handler of `at`. `to` is whom its sender meant. */
  | {
      readonly kind: "delivered";
      readonly at: string;
      readonly from: string;
      readonly to: string;
      readonly pair: number;
      readonly sequence: number;
    }
  /** So many messages that were accepted will not arrive. */
  | { readonly kind: "lost"; readonly from: string; readonly to: string; readonly messages: number }
  /** Of so many messages that were accepted nobody can say whether they arrived. */
  | { readonly kind: "unknown"; readonly from: string; readonly to: string; readonly messages: number }
  /** What a process has counted of its messages to and from a peer of which nothing is left. */
  | {
      readonly kind: "tally";
      readonly at: string;
      readonly peer: string;
      readonly sent: number;
      readonly delivered: number;
      readonly lost: number;
      readonly unknown: number;
    }
  | { readonly kind: "laneOpened"; readonly at: string; readonly peer: string; readonly lane: string }
  | { readonly kind: "laneClosed"; readonly at: string; readonly peer: string; readonly lane: string }
  /** A connection or an attempt at one came to its end. */
  | {
      readonly kind: "ended";
      readonly at: string;
      readonly peer: string;
      readonly code: string;
      readonly text: string;
    }
  /** The process goes by that name among members from here on. */
  | { readonly kind: "named"; readonly process: string; readonly name: string }
  /** What a process has come to say of a member. `isOwn`: it found so itself. */
  | {
      readonly kind: "says";
      readonly at: string;
      readonly about: string;
      readonly status: string;
      readonly incarnation: number;
      readonly isOwn: boolean;
    }
  /** Something that one process told all came to another one. */
  | {
      readonly kind: "news";
      readonly at: string;
      readonly from: string;
      readonly toldAtMs: number;
      readonly atMs: number;
    }
  /** All that a process says of all members; of `alive` that they are, and it is connected to them. */
  | { readonly kind: "view"; readonly at: string; readonly alive: readonly string[]; readonly text: string }
  /** What waits at a process for a peer. `place` says where: each place has a bound of its own. */
  | { readonly kind: "waiting"; readonly at: string; readonly place: string; readonly amount: number }
  /** A whole frame was written to a stream. */
  | {
      readonly kind: "frame";
      readonly connection: string;
      readonly from: string;
      readonly role: "dialler" | "acceptor";
      /** Its name, or its number where it has none. */
      readonly frame: string;
      readonly bytes: number;
    }
  /** An actor runs in that process. Its name is its own alone, wherever it is. */
  | { readonly kind: "actorStarted"; readonly actor: string; readonly at: string }
  /** It has handled its last message. */
  | { readonly kind: "actorEnded"; readonly actor: string }
  /** What has started is a supervisor's child, and its start of that number. */
  | {
      readonly kind: "supervised";
      readonly actor: string;
      readonly child: string;
      readonly generation: number;
    }
  /** An actor does something by itself. */
  | { readonly kind: "worked"; readonly at: string }
  /** An actor watches another one from here on. */
  | { readonly kind: "watched"; readonly watch: string; readonly by: string; readonly of: string }
  | { readonly kind: "unwatched"; readonly watch: string }
  /** It was told that the other one is gone. */
  | { readonly kind: "noticed"; readonly watch: string; readonly reason: string }
  /** An actor asks another one, and gives it so much time. */
  | {
      readonly kind: "asked";
      readonly question: string;
      readonly by: string;
      readonly of: string;
      readonly withinMs: number;
      readonly atMs: number;
    }
  /** A handler began with a question; `of` is whom that was for, `at` who handles it. */
  | { readonly kind: "began"; readonly question: string; readonly of: string; readonly at: string }
  /** What came of a question. */
  | {
      readonly kind: "answered";
      readonly question: string;
      readonly status: string;
      readonly reason: string;
      readonly atMs: number;
    }
  /** A process has given an actor a name in the cluster; `address` is the member's name and a number. */
  | {
      readonly kind: "registered";
      readonly at: string;
      readonly name: string;
      readonly actor: string;
      readonly address: string;
    }
  /** It has taken that back, or was told that another one has the name. */
  | { readonly kind: "withdrawn"; readonly at: string; readonly name: string }
  /** What a process knows of all names and groups: the addresses, by the key. */
  | {
      readonly kind: "directory";
      readonly at: string;
      readonly entries: readonly (readonly [key: string, addresses: readonly string[]])[];
    }
  /** Its address refuses, although it lives: others may take that for its end. */
  | { readonly kind: "shut"; readonly process: string }
  /** Its loop stands still. */
  | { readonly kind: "stoodStill"; readonly process: string }
  /** Every fault has been taken back, and every machine runs. */
  | { readonly kind: "calm" }
  /** It has been calm for so long that everything must be as if nothing had happened. */
  | { readonly kind: "well"; readonly atMs: number }
  /** All is well but this: others have to notice it. */
  | { readonly kind: "lastFault"; readonly process: string; readonly fault: string };

/** Holds a rule against what is observed. */
export interface Checker {
  readonly name: string;
  /** Answers what is wrong, where something is. */
  observe(observation: Observation): string | undefined;
  /** The run is over, in calm: answers everything that is missing. */
  finish(): readonly string[];
}
