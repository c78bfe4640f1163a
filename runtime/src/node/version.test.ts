import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { runtimeVersion } from "./version.ts";

test("nodes tell the version of the package", () => {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as object;
  expect(manifest).toMatchObject({ version: runtimeVersion });
});
