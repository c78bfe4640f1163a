import { expect, test } from "@jest/globals";
import { schemaSlice } from "./schema-slice.ts";

const schema = `syntax = "proto3";

message A { B b = 1; }
message Other { string b = 1; }
enum C { one = 0; }
message B {
  C c = 1;
}
`;

test("a slice of a schema has the types that are asked for and what they refer to, in their order", () => {
  const b = "enum C { one = 0; }\nmessage B {\n  C c = 1;\n}\n";
  expect(schemaSlice(schema, ["A"])).toBe(`syntax = "proto3";\n\nmessage A { B b = 1; }\n${b}`);
  expect(schemaSlice(schema, ["B"])).toBe(`syntax = "proto3";\n\n${b}`);
  expect(schemaSlice(schema, ["A", "Other"])).toBe(schema);
});
