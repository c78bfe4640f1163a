// Properties that an object inherits one of already, such as `toString`. An assignment to such a name fails where
// Object.prototype is frozen, and calls a setter where somebody has put one there.

/** Gives `object` a property of its own. */
export function defineOwn(object: object, name: string, value: unknown): void {
  // Without a prototype, so that nothing but what stands here is read from it.
  const own = { __proto__: null, value, writable: true, enumerable: true, configurable: true };
  Object.defineProperty(object, name, own);
}
