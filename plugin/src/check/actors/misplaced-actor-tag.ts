// The rule about where an `@actor` tag may stand: what to say of one that stands elsewhere, or that is almost one.

interface Explanation {
  readonly reason: string;
  readonly remedy: string;
}

export function explainActorSlip(slip: "comment" | "letters" | "line" | "word"): Explanation {
  switch (slip) {
    case "comment":
      return {
        reason: "not in a comment that begins with '/**'",
        remedy: "Write the tag in such a comment: '/** @actor */', or '/** @actor local */'.",
      };
    case "letters":
      return { reason: "not in small letters", remedy: "Write '@actor'." };
    case "word":
      return { reason: "in the plural", remedy: "Write '@actor'." };
    case "line":
      return {
        reason: "not at the beginning of a line",
        remedy: "Give the tag a line of its own in the comment; put it in backticks if it is only spoken of.",
      };
  }
}

export function explainMisplacedActor(place: "type" | "expression" | "other" | "nothing"): Explanation {
  switch (place) {
    case "type":
      return {
        reason: "a type has no methods that could run",
        remedy: "Tag the class that implements it; data is tagged '@wire'.",
      };
    case "expression":
      return {
        reason: "a class expression cannot be named in the codec file",
        remedy: "Declare the class by a statement of its own and export it by name.",
      };
    case "other":
    case "nothing":
      return {
        reason: "no class follows directly",
        remedy: "Put the comment directly before an exported class, or remove the tag.",
      };
  }
}
