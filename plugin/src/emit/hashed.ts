// Adding to sets and maps that are being read. Where elements or keys may be such as engines hash without a secret, they
// are counted: see the runtime's hash-flooding.ts.
import type { Type } from "@hewn/schema";
import type { CodecFile } from "./codec-file.ts";
import type { RuntimeValue } from "./symbols.ts";

type Adding = readonly [plain: RuntimeValue, hashed: RuntimeValue];

/**
 * The beginning of the call that adds to `items`, behind the counts that it needs.
 * @param size an expression for the number of elements
 * @param first what comes before `items` in the call
 */
export function adding(
  file: CodecFile,
  type: Type,
  [plain, hashed]: Adding,
  size: string,
  first = "",
): string {
  const { code } = file;
  if (!isHashed(file, type)) return `${code.use(plain)}(${first}items`;
  code.line(`const counts = ${code.use("hashCounts")}(${size});`);
  return `${code.use(hashed)}(${first}items, counts`;
}

/** Whether values of the type may be numbers or bigints, so many that a sender could choose some whose hashes collide. */
function isHashed(file: CodecFile, type: Type): boolean {
  switch (type.kind) {
    case "integer":
      return type.format !== "i8" && type.format !== "u8";
    case "float":
    case "bigint":
      return true;
    case "maybe":
      return isHashed(file, type.type);
    case "mixed":
      return type.arms.some((arm) => isHashed(file, arm.type));
    case "ref":
      return isHashed(file, file.declaration(type.id).type);
    default:
      return false;
  }
}
