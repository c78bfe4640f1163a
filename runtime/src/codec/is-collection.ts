// Tells collections, also those of another realm, from what only looks like them: objects that inherit from Map have no
// entries, and instances of classes have more to them than their keys.

/** Array.isArray for unions that it would narrow to some of their arrays only: this one narrows to all of them. */
export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Whether `value` is a Map or a subclass of it. */
export function isMap(value: unknown): value is ReadonlyMap<unknown, unknown> {
  if (!(value instanceof Map) && tagOf(value) !== "[object Map]") return false;
  try {
    Map.prototype.has.call(value as Map<unknown, unknown>, undefined);
    return true;
  } catch {
    return false;
  }
}

/** Whether `value` is a Set or a subclass of it. */
export function isSet(value: unknown): value is ReadonlySet<unknown> {
  if (!(value instanceof Set) && tagOf(value) !== "[object Set]") return false;
  try {
    Set.prototype.has.call(value as Set<unknown>, undefined);
    return true;
  } catch {
    return false;
  }
}

function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value);
}

/** Whether `value` is an object whose own keys are all there is to it: one without a class, of any realm. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * Whether an object is one of its own properties and nothing else: no Map, Date, typed array or other thing of the
 * language or the host, whose content stands elsewhere. Instances of classes that programs declare pass.
 */
export function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype || tagOf(value) === "[object Object]";
}
