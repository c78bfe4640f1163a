// Why a type nests too deep, and what to do about it.

interface Explained {
  readonly reason: string;
  readonly remedy: string;
  readonly [value: string]: string;
}

/** Types without names are spelled out in one another, and the functions of a codec call each other as deep. */
export function deepTypes(max: number): Explained {
  return {
    reason: `types without names stand more than ${max} deep in one another`,
    remedy: "Declare an interface for a part of it, and write its name there.",
  };
}

/** The compiler follows aliases, bases and type arguments by recursion. */
export const deepNames: Explained = {
  reason:
    "the compiler runs out of stack where it follows the aliases, bases and arguments that it is made of",
  remedy: "Shorten the chain: write the type itself where an alias stands for an alias of an alias.",
};
