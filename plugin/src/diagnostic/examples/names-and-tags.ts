// Examples of names, generics and tags: HEWN1401 to HEWN1412.
import { type Example, example } from "../example.ts";

const ambient = `/** @wire */
export interface Message {
  readonly text: string;
}`;

export const namesAndTags = {
  HEWN1401: example(
    `
/** @wire */
interface Reading {
  readonly value: number;
}

export const last: Reading = { value: 0 };`,
    `
/** @wire */
export interface Reading {
  readonly value: number;
}

export const last: Reading = { value: 0 };`,
  ),
  HEWN1402: example(
    `
/** @wire */
export interface Box<T> {
  readonly value: T;
}`,
    `
export interface Box<T> {
  readonly value: T;
}

/** @wire */
export type TextBox = Box<string>;`,
  ),
  HEWN1403: example(
    `
export interface Tower<T> {
  readonly floor: T;
  readonly above?: Tower<readonly T[]>;
}

/** @wire */
export interface City {
  readonly tower: Tower<string>;
}`,
    `
export interface Tower<T> {
  readonly floor: T;
  readonly above?: Tower<T>;
}

/** @wire */
export interface City {
  readonly tower: Tower<string>;
}`,
  ),
  HEWN1404: example(
    `
/** @wire */
export interface Frame {
  readonly width: number;
}

/** @wire */
export interface FrameInto {
  readonly target: string;
}`,
    `
/** @wire */
export interface Frame {
  readonly width: number;
}

/** @wire */
export interface FrameTarget {
  readonly target: string;
}`,
  ),
  HEWN1405: example(
    `
/** @wire */
export interface User {
  readonly name: string;
}

/** @wire */
export interface User {
  readonly age: number;
}`,
    `
/** @wire */
export interface User {
  readonly name: string;
}

export interface User {
  readonly age: number;
}`,
  ),
  HEWN1406: example(
    `
export interface Reading {
  /** @wire */
  readonly value: number;
}`,
    `
/** @wire */
export interface Reading {
  readonly value: number;
}`,
  ),
  HEWN1407: {
    wrong: { file: "message.d.ts", text: ambient },
    right: { file: "message.ts", text: ambient },
  },
  HEWN1408: {
    wrong: { file: "message.cts", options: { verbatimModuleSyntax: true }, text: ambient },
    right: { file: "message.mts", options: { verbatimModuleSyntax: true }, text: ambient },
  },
  HEWN1409: {
    wrong: { file: "message.tsx", beside: "message.ts", text: ambient },
    right: { file: "message-types.ts", text: ambient },
  },
  HEWN1410: example(
    `
/** @wire mutable */
export interface Draft {
  title: string;
  readonly lines: string[];
}`,
    `
/** @wire copy */
export interface Draft {
  title: string;
  readonly lines: string[];
}`,
  ),
  HEWN1411: example(
    `
export interface G0<T> {
  readonly value: T;
}

export interface G1<T> {
  readonly a: G0<readonly T[]>;
  readonly b: G0<readonly [T]>;
  readonly c: G0<Readonly<Record<string, T>>>;
  readonly d: G0<ReadonlyMap<string, T>>;
  readonly e: G0<G0<T>>;
  readonly f: G0<{ readonly x: T }>;
}

export interface G2<T> {
  readonly a: G1<readonly T[]>;
  readonly b: G1<readonly [T]>;
  readonly c: G1<Readonly<Record<string, T>>>;
  readonly d: G1<ReadonlyMap<string, T>>;
  readonly e: G1<G0<T>>;
  readonly f: G1<{ readonly x: T }>;
}

export interface G3<T> {
  readonly a: G2<readonly T[]>;
  readonly b: G2<readonly [T]>;
  readonly c: G2<Readonly<Record<string, T>>>;
  readonly d: G2<ReadonlyMap<string, T>>;
  readonly e: G2<G0<T>>;
  readonly f: G2<{ readonly x: T }>;
}

export interface G4<T> {
  readonly a: G3<readonly T[]>;
  readonly b: G3<readonly [T]>;
  readonly c: G3<Readonly<Record<string, T>>>;
  readonly d: G3<ReadonlyMap<string, T>>;
  readonly e: G3<G0<T>>;
  readonly f: G3<{ readonly x: T }>;
}

export interface G5<T> {
  readonly a: G4<readonly T[]>;
  readonly b: G4<readonly [T]>;
  readonly c: G4<Readonly<Record<string, T>>>;
  readonly d: G4<ReadonlyMap<string, T>>;
  readonly e: G4<G0<T>>;
  readonly f: G4<{ readonly x: T }>;
}

export interface G6<T> {
  readonly a: G5<readonly T[]>;
  readonly b: G5<readonly [T]>;
  readonly c: G5<Readonly<Record<string, T>>>;
  readonly d: G5<ReadonlyMap<string, T>>;
  readonly e: G5<G0<T>>;
  readonly f: G5<{ readonly x: T }>;
}

/** @wire */
export type Explosion = G6<string>;`,
    `
export interface G0<T> {
  readonly value: T;
}

export interface G1<T> {
  readonly list: G0<readonly T[]>;
  readonly byName: G0<ReadonlyMap<string, T>>;
}

/** @wire */
export type Instance = G1<string>;`,
  ),
  HEWN1412: example(
    `
type Nested<T, Levels extends readonly 0[]> = Levels["length"] extends 101
  ? T
  : readonly Nested<T, readonly [...Levels, 0]>[];

/** @wire */
export interface Deep {
  readonly value: Nested<string, readonly []>;
}`,
    `
export interface Nested {
  readonly values: readonly string[];
  readonly inner: readonly Nested[];
}

/** @wire */
export interface Deep {
  readonly value: Nested;
}`,
  ),
  HEWN1413: example(
    `
/** @wire binary */
export interface Price {
  readonly cents: number;
}

/** @wire */
export interface Order {
  readonly price: Price;
}`,
    `
/** @wire */
export interface Price {
  readonly cents: number;
}

/** @wire */
export interface Order {
  readonly price: Price;
}`,
  ),
} as const satisfies Readonly<Record<string, Example>>;
