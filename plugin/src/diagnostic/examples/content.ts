// Examples of types that say too little or too much: HEWN1201 to HEWN1212.
import { type Example, example } from "../example.ts";

export const content = {
  HEWN1201: example(
    `
/** @wire */
export interface Event {
  readonly payload: any;
}`,
    `
/** @wire */
export interface Event {
  readonly payload: string;
}`,
  ),
  HEWN1202: example(
    `
/** @wire */
export interface Event {
  readonly payload: unknown;
}`,
    `
export interface Opened {
  readonly kind: "opened";
}

export interface Renamed {
  readonly kind: "renamed";
  readonly name: string;
}

/** @wire */
export interface Event {
  readonly payload: Opened | Renamed;
}`,
  ),
  HEWN1203: example(
    `
/** @wire */
export interface Answer {
  readonly text: string;
  readonly extra: void;
}`,
    `
/** @wire */
export interface Answer {
  readonly text: string;
}`,
  ),
  HEWN1204: example(
    `
/** @wire */
export type Ping = {};`,
    `
/** @wire */
export interface Ping {}`,
  ),
  HEWN1205: example(
    `
/** @wire */
export interface Token {
  readonly key: symbol;
}`,
    `
/** @wire */
export interface Token {
  readonly key: "read" | "write";
}`,
  ),
  HEWN1206: example(
    `
export declare const secret: unique symbol;

/** @wire */
export interface Login {
  readonly [secret]: string;
}`,
    `
/** @wire */
export interface Login {
  readonly secret: string;
}`,
  ),
  HEWN1207: example(
    `
import type { i32 } from "@hewn/runtime";

/** @wire */
export interface Box {
  readonly width: \`\${i32}px\`;
}`,
    `
/** @wire */
export interface Box {
  readonly width: \`\${number}px\`;
}`,
  ),
  HEWN1208: example(
    `
/** @wire */
export interface Limit {
  readonly max: 10n;
}`,
    `
import type { u64 } from "@hewn/runtime";

/** @wire */
export interface Limit {
  readonly max: u64;
}`,
  ),
  HEWN1209: example(
    `
export type UserId = string & { readonly brand: "UserId" };

/** @wire */
export interface User {
  readonly id: UserId;
}`,
    `
export type UserId = string & { readonly brand: "UserId" };

/** @wire */
export interface User {
  readonly id: string;
}

/** Called with what was decoded, after it was checked. */
export const userIdOf = (user: User): UserId => user.id as UserId;`,
  ),
  HEWN1210: example(
    `
export enum Size {
  small = 1,
  large = 2,
}

/** @wire */
export interface Shop {
  readonly sizes: typeof Size;
}`,
    `
export enum Size {
  small = 1,
  large = 2,
}

/** @wire */
export interface Shop {
  readonly sizes: readonly Size[];
}`,
  ),
  HEWN1211: example(
    `
/** @wire */
export interface Folder {
  readonly name: string;
  readonly parent: Folder;
}`,
    `
/** @wire */
export interface Folder {
  readonly name: string;
  readonly parent: Folder | null;
}`,
  ),
  HEWN1212: example(
    `
import type { i32 } from "@hewn/runtime";

type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;

/** @wire */
export interface Move {
  readonly to: Frozen<{ x: i32 }>;
}`,
    `
import type { i32, Immutable } from "@hewn/runtime";

/** @wire */
export interface Move {
  readonly to: Immutable<{ x: i32 }>;
}`,
  ),
} as const satisfies Readonly<Record<string, Example>>;
