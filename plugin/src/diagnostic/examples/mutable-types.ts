// Examples of what can be assigned to: HEWN1101 to HEWN1107.
import { type Example, example } from "../example.ts";

export const mutableTypes = {
  HEWN1101: example(
    `
/** @wire */
export interface Point {
  x: number;
}`,
    `
/** @wire */
export interface Point {
  readonly x: number;
}`,
  ),
  HEWN1102: example(
    `
/** @wire */
export interface Basket {
  readonly items: string[];
}`,
    `
/** @wire */
export interface Basket {
  readonly items: readonly string[];
}`,
  ),
  HEWN1103: example(
    `
/** @wire */
export interface Place {
  readonly at: [latitude: number, longitude: number];
}`,
    `
/** @wire */
export interface Place {
  readonly at: readonly [latitude: number, longitude: number];
}`,
  ),
  HEWN1104: example(
    `
/** @wire */
export interface Prices {
  readonly byName: Map<string, number>;
}`,
    `
/** @wire */
export interface Prices {
  readonly byName: ReadonlyMap<string, number>;
}`,
  ),
  HEWN1105: example(
    `
/** @wire */
export interface Article {
  readonly tags: Set<string>;
}`,
    `
/** @wire */
export interface Article {
  readonly tags: ReadonlySet<string>;
}`,
  ),
  HEWN1106: example(
    `
/** @wire */
export interface Headers {
  readonly fields: Record<string, string>;
}`,
    `
/** @wire */
export interface Headers {
  readonly fields: Readonly<Record<string, string>>;
}`,
  ),
  HEWN1107: example(
    `
/** @wire */
export interface Volume {
  get level(): number;
  set level(value: number);
}`,
    `
/** @wire */
export interface Volume {
  readonly level: number;
}`,
  ),
} as const satisfies Readonly<Record<string, Example>>;
