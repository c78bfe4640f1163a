// A type as somebody declares it who only reads its values.
import type { Type } from "@hewn/schema";

const flag = "mutable";

/** The type with every flag `mutable` left out. Named types inside it stay what they are. */
export function asReadonly(type: Type): Type {
  const text = JSON.stringify(type);
  if (!text.includes(`"${flag}":true`)) return type;
  return JSON.parse(text, (key, value: unknown) => (key === flag ? undefined : value)) as Type;
}
