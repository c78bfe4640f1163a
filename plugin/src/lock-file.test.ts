import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { emptyLock, formatLock } from "@hewn/schema";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { findLock } from "./lock-file.ts";
import { UnreadableLock } from "./lock-text.ts";

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "hewn-lock-")));
  mkdirSync(join(root, "packages/app/src"), { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true }));

test("the nearest wire.lock at or above a directory governs it", () => {
  expect(findLock(join(root, "packages/app"))).toBeUndefined();

  writeFileSync(join(root, "wire.lock"), formatLock(emptyLock));
  expect(findLock(join(root, "packages/app"))).toEqual({
    path: `${root.replaceAll(sep, "/")}/wire.lock`,
    lock: emptyLock,
  });

  writeFileSync(join(root, "packages/app/wire.lock"), formatLock(emptyLock));
  expect(findLock(join(root, "packages/app/src"))?.path).toBe(
    `${root.replaceAll(sep, "/")}/packages/app/wire.lock`,
  );
});

test("a wire.lock that is no lock is an error with its place, and the one above does not take over", () => {
  writeFileSync(join(root, "wire.lock"), formatLock(emptyLock));
  writeFileSync(join(root, "packages/wire.lock"), "<<<<<<< HEAD\n");
  expect(() => findLock(join(root, "packages/app"))).toThrow(UnreadableLock);
  expect(() => findLock(join(root, "packages/app"))).toThrow(/packages.wire\.lock: line 1: /);
});
