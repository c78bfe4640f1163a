import { expect, test } from "@jest/globals";
import { type ProjectType, ProjectTypes } from "./project-types.ts";

test("of names that a person may have meant, the one that differs in case alone comes first", () => {
  const schema: ProjectType["schema"] = {
    file: "a.ts",
    roots: [],
    declarations: new Map(),
    refused: [],
  };
  const types = ["JSON", "Ks", "Js_value", "Js"].map((name): ProjectType => {
    return { name, full: `a.ts#${name}`, schema, id: name, isTagged: true };
  });
  let error: unknown;
  try {
    new ProjectTypes(types, []).find("js");
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ fix: expect.stringMatching(/^Did you mean Js, /) });
});
