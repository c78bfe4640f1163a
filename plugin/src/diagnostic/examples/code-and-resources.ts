// Examples of what is code or belongs to one process: HEWN1001 to HEWN1009.
import { type Example, example } from "../example.ts";

export const codeAndResources = {
  HEWN1001: example(
    `
/** @wire */
export interface Job {
  readonly name: string;
  readonly onDone: (result: string) => void;
}`,
    `
/** @wire */
export interface Job {
  readonly name: string;
  readonly whenDone: "log" | "mail" | "ignore";
}`,
  ),
  HEWN1002: example(
    `
/** @wire */
export interface Account {
  readonly balance: number;
  deposit(amount: number): void;
}`,
    `
/** @wire */
export interface Account {
  readonly balance: number;
}

export function deposit(account: Account, amount: number): Account {
  return { balance: account.balance + amount };
}`,
  ),
  HEWN1003: example(
    `
class Circle {}

/** @wire */
export interface Order {
  readonly shape: new () => Circle;
}`,
    `
/** @wire */
export interface Order {
  readonly shape: "circle" | "square";
}`,
  ),
  HEWN1004: example(
    `
/** @wire */
export interface Counter {
  readonly count: number;
  (): number;
}`,
    `
/** @wire */
export interface Counter {
  readonly count: number;
}`,
  ),
  HEWN1005: example(
    `
export class Account {
  readonly owner: string = "";
}

/** @wire */
export interface Transfer {
  readonly from: Account;
}`,
    `
export interface AccountData {
  readonly owner: string;
}

/** @wire */
export interface Transfer {
  readonly from: AccountData;
}`,
  ),
  HEWN1006: example(
    `
/** @wire */
export interface Search {
  readonly pattern: RegExp;
}`,
    `
/** @wire */
export interface Search {
  readonly pattern: string;
}`,
  ),
  HEWN1007: example(
    `
/** @wire */
export interface Packet {
  readonly memory: ArrayBuffer;
}`,
    `
/** @wire */
export interface Packet {
  readonly memory: Uint8Array;
}`,
  ),
  HEWN1008: example(
    `
/** @wire */
export interface Answer {
  readonly text: Promise<string>;
}`,
    `
/** @wire */
export interface Answer {
  readonly text: string;
}`,
  ),
  HEWN1009: example(
    `
/** @wire */
export interface Feed {
  readonly lines: Iterable<string>;
}`,
    `
/** @wire */
export interface Feed {
  readonly lines: readonly string[];
}`,
  ),
} as const satisfies Readonly<Record<string, Example>>;
