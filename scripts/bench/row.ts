// One line of the table: an operation on a workload, ours against everybody else's or against a budget.
import type { Median } from "./statistics.ts";

export type Row = ContestRow | BudgetRow | NetRow;

interface Figure {
  readonly row: string;
  readonly operation: string;
  readonly unit: string;
  readonly hewn: number;
  readonly peers: Readonly<Record<string, number>>;
}

/** A row with peers. */
export interface ContestRow extends Figure, Lead {}

export interface Lead {
  /** How many times better than the best peer, and the 95 % interval of that. */
  readonly ahead: number;
  readonly aheadLow: number;
  readonly aheadHigh: number;
  /** The best peer. */
  readonly best: string;
}

export interface BudgetRow extends Figure {
  /** The 95 % interval of the figure. */
  readonly low: number;
  readonly high: number;
  /** What the figure may be at most, in its unit. */
  readonly budget: number;
  /** The budget as a multiple of the figure: below 1 it is not kept. */
  readonly ahead: number;
  /** What the figure is the difference of. */
  readonly parts: Readonly<Record<string, number>>;
  /** What is told of it besides, and held to nothing. */
  readonly besides?: Readonly<Record<string, number>>;
}

/** The share of the raw figure that is reached; of times the multiple. With the 95 % interval. */
export interface Share {
  readonly ofRaw: number;
  readonly ofRawLow: number;
  readonly ofRawHigh: number;
}

/** Messages between two processes, a second (`1/s`) or each (`us`), beside sockets by hand and beside peers. */
export interface NetRow extends Figure, Partial<Lead>, Share {
  /** The same by hand, without a codec. */
  readonly raw: number;
  /** The transport alone: messages whose bytes are there already, which a handler gets as views, on both sides. */
  readonly alone?: { readonly hewn: number; readonly raw: number } & Share;
  /** What else bounds the figure, and the share of it. */
  readonly limits: Readonly<Record<string, { readonly figure: number; readonly of: number }>>;
}

/** Told for completeness, but nobody's public interface. */
const notCounted = new Set(["bebop readFrom"]);

export function isContest(row: Row): row is ContestRow {
  return "best" in row && !isNet(row);
}

export function isNet(row: Row): row is NetRow {
  return "ofRaw" in row;
}

export function isBudget(row: Row): row is BudgetRow {
  return "budget" in row;
}

/** Peers of a row of the network, the best first. */
export function netRivals({ unit, peers }: NetRow): readonly (readonly [name: string, figure: number])[] {
  return Object.entries(peers).sort(([, a], [, b]) => (unit === "1/s" ? b - a : a - b));
}

/** Those of a row's peers that count, the best first. */
export function rivals({ peers }: ContestRow): readonly (readonly [name: string, figure: number])[] {
  return Object.entries(peers)
    .filter(([name]) => !notCounted.has(name))
    .sort(([, a], [, b]) => a - b);
}

export function bestOf(ratios: readonly { readonly name: string; readonly ratio: Median }[]): Lead {
  const counted = ratios.filter(({ name }) => !notCounted.has(name));
  const best = counted.reduce((least, one) => (one.ratio.value < least.ratio.value ? one : least));
  const digits = (figure: number): number => Math.round(figure * 100) / 100;
  return {
    ahead: digits(best.ratio.value),
    aheadLow: digits(best.ratio.low),
    aheadHigh: digits(best.ratio.high),
    best: best.name,
  };
}
