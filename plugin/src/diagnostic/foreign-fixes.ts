// What to do about declarations that the project cannot edit, whatever is wrong with them.

/** By what can be done where such a type is used. Words in braces are filled in. */
export const foreignFixes = {
  /** Of a type that a declaration file declares as mutable. */
  mutable:
    "Use 'Immutable<{use}>' of @hewn/runtime instead, because the declaration is not part of this project.",
  /** Of one property of a type of a package. */
  property:
    "'{declared}' is declared by the package '{package}': leave '{name}' out with 'Omit<{use}, \"{name}\">', and declare what you send of it as a property of your own.",
  /** Of an enum of a package that a codec cannot import. */
  enum: "'{declared}' is declared by the package '{package}': list the values that you send as literals in a type of your own, and use that instead.",
  /** Of everything else in a package. */
  type: "'{declared}' is declared by the package '{package}': declare what you send of it in a type of your own, and use that instead of '{use}'.",
} as const;
