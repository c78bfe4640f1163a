// Examples of configuration, of reports and of evolution: HEWN1501, HEWN1999, HEWN2001.
import { type Example, example } from "../example.ts";

const nullable = `/** @wire */
export interface Answer {
  readonly text: string | null;
}`;

const before = `/** @wire */
export interface Order {
  readonly id: string;
}`;

const after = `/** @wire */
export interface Order {
  readonly id: string;
  readonly note?: string;
}`;

const letters = [..."abcdefghijkl"];
const properties = (type: string): string => letters.map((name) => `  readonly ${name}: ${type};`).join("\n");

export const projects = {
  HEWN1501: {
    wrong: { options: { strictNullChecks: false }, text: nullable },
    right: { options: { strict: true }, text: nullable },
  },
  HEWN1999: example(
    `
/** @wire */
export interface Wide {
${properties("any")}
}`,
    `
/** @wire */
export interface Wide {
${properties("string")}
}`,
  ),
  HEWN2001: {
    wrong: { locked: before, text: after },
    right: { locked: after, text: after },
  },
} as const satisfies Readonly<Record<string, Example>>;
