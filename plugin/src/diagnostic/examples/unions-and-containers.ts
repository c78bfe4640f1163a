// Examples of unions, containers and properties: HEWN1301 to HEWN1311.
import { type Example, example } from "../example.ts";

export const unionsAndContainers = {
  HEWN1301: example(
    `
/** @wire */
export type Shape = { readonly radius: number } | { readonly width: number; readonly height: number };`,
    `
/** @wire */
export type Shape =
  | { readonly kind: "circle"; readonly radius: number }
  | { readonly kind: "box"; readonly width: number; readonly height: number };`,
  ),
  HEWN1302: example(
    `
/** @wire */
export interface Body {
  readonly content: string | Uint8Array;
}`,
    `
/** @wire */
export interface Body {
  readonly content:
    | { readonly kind: "text"; readonly text: string }
    | { readonly kind: "bytes"; readonly bytes: Uint8Array };
}`,
  ),
  HEWN1303: example(
    `
export enum Size {
  small = 1,
  large = "large".length,
}

/** @wire */
export interface Shirt {
  readonly size: Size;
}`,
    `
export enum Size {
  small = 1,
  large = 5,
}

/** @wire */
export interface Shirt {
  readonly size: Size;
}`,
  ),
  HEWN1304: example(
    `
/** @wire */
export interface Grid {
  readonly cells: readonly (number | null | undefined)[];
}`,
    `
/** @wire */
export interface Grid {
  readonly cells: readonly (number | null)[];
}`,
  ),
  HEWN1306: example(
    `
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** @wire */
export interface Board {
  readonly cells: ReadonlyMap<Point, string>;
}`,
    `
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** @wire */
export interface Board {
  readonly cells: readonly (readonly [Point, string])[];
}`,
  ),
  HEWN1307: example(
    `
/** @wire */
export interface Table {
  readonly name: string;
  readonly [column: string]: string;
}`,
    `
/** @wire */
export interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, string>>;
}`,
  ),
  HEWN1308: example(
    `
/** @wire */
export interface Payload {
  readonly ["__proto__"]: string;
}`,
    `
/** @wire */
export interface Payload {
  readonly proto: string;
}`,
  ),
  HEWN1309: example(
    `
/** @wire */
export interface Range {
  readonly top: 100 | 1e999;
}`,
    `
/** @wire */
export interface Range {
  readonly top: 100 | "unbounded";
}`,
  ),
  HEWN1310: example(
    `
/** @wire */
export interface Report {
  readonly rows: readonly string[] & { readonly title: string };
}`,
    `
export interface Rows {
  readonly title: string;
  readonly all: readonly string[];
}

/** @wire */
export interface Report {
  readonly rows: Rows;
}`,
  ),
  HEWN1311: example(
    `
export interface Draft {
  readonly title?: string;
}

/** @wire */
export type Post = Draft & { readonly title: string | undefined };`,
    `
export interface Draft {
  readonly title?: string;
}

/** @wire */
export type Post = Draft & { readonly title: string };`,
  ),
} as const satisfies Readonly<Record<string, Example>>;
