// Examples of names, generics and tags: HEWN1401 to HEWN1408.
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
} as const satisfies Readonly<Record<string, Example>>;
