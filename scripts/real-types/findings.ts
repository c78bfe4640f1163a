// Holds what Hewn says of a value against what tsc says, and sends what both accept through the codec.
import type { Codec } from "./compiled-codecs.ts";
import type { Question, Verdict } from "./oracle.ts";
import { readWrong, rewrite, roundTrip, shown } from "./round-trip.ts";
import { valueOf } from "./value-tree.ts";

/** A value on which Hewn and tsc disagree, or that did not come back. */
export interface Failure {
  readonly type: string;
  readonly what: string;
  readonly value: string;
}

export interface ValueCounts {
  /** Values that tsc accepts; each went through both formats. */
  readonly accepted: number;
  /** Values that tsc refuses, as `is` does. */
  readonly refused: number;
  /** Values that the two judge differently for a reason that is known, by {@link differences}. */
  readonly different: Readonly<Record<string, number>>;
}

/** What an encoder says of NaN and the infinities beside text. docs/real-types.md explains this and the others. */
const notFinite = "notFinite";

/** Where tsc and `is` cannot agree, by name. */
const differences: Readonly<Record<string, (verdict: Verdict, expected: string | undefined) => boolean>> = {
  "weak type": (verdict) => verdict?.text.includes("has no properties in common with") === true,
  "no object": (verdict, expected) => verdict === undefined && expected?.startsWith("an object (") === true,
};

export class Findings {
  readonly failures: Failure[] = [];
  readonly valueless: string[] = [];
  #accepted = 0;
  #refused = 0;
  readonly #different: Record<string, number> = {};

  get counts(): ValueCounts {
    return { accepted: this.#accepted, refused: this.#refused, different: this.#different };
  }

  judge({ type, value: tree, isChanged }: Question, verdict: Verdict, codec: Codec | undefined): void {
    const value = valueOf(tree);
    const fail = (what: string): void => void this.failures.push({ type, what, value: shown(value) });
    if (!codec) return fail("the type has no codec");
    const isOne = codec.is(value);
    if (isOne !== (verdict === undefined)) {
      const known = Object.keys(differences).find((name) =>
        differences[name]?.(verdict, codec.explain(value)?.expected),
      );
      if (known !== undefined) this.#count(known);
      else
        fail(
          verdict
            ? `tsc refuses it: ${verdict.text.slice(0, 600)}`
            : `is… refuses it: ${JSON.stringify(codec.explain(value))}`,
        );
      return;
    }
    if (isOne) this.#accepted++;
    else this.#refused++;
    const send = isOne ? (isChanged ? rewrite : roundTrip) : readWrong;
    const wrong = send(codec, value);
    if (wrong?.code === notFinite) this.#count("not finite beside text");
    else if (wrong) fail(wrong.text);
  }

  #count(difference: string): void {
    this.#different[difference] = (this.#different[difference] ?? 0) + 1;
  }
}
