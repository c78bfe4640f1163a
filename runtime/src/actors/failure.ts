// What was thrown, as far as it can be told to others: a stack and a cause stay where they are.
import type { Failed, Failure } from "./outcome.ts";

export function failureOf(error: unknown): Failure {
  try {
    if (error instanceof Error) return { name: String(error.name), message: String(error.message) };
    return { name: typeof error, message: String(error) };
  } catch {
    // What was thrown can have a getter, or no way to become text, that throws itself.
    return { name: "unknown", message: "" };
  }
}

export function failed(error: unknown): Failed {
  return { status: "failed", error: failureOf(error) };
}
