// The rule about where a tag may stand: what to say of one that stands elsewhere, or that is almost one.

/** What follows the comment, in the words of the message. */
export type Place = "class" | "function" | "variable" | "property" | "namespace" | "other" | "nothing";

interface Explanation {
  readonly reason: string;
  readonly remedy: string;
}

/** What is wrong with a tag that stands before a type. */
export function explainSlip(slip: "comment" | "letters" | "line"): Explanation {
  switch (slip) {
    case "comment":
      return {
        reason: "not in a comment that begins with '/**'",
        remedy: "Write the tag in such a comment: '/** @wire */', or '/** @wire copy */'.",
      };
    case "letters":
      return { reason: "not in small letters", remedy: "Write '@wire'." };
    case "line":
      return {
        reason: "not at the beginning of a line",
        remedy: "Give the tag a line of its own in the comment; put it in backticks if it is only spoken of.",
      };
  }
}

export function explainMisplaced(place: Place): Explanation {
  switch (place) {
    case "class":
      return {
        reason: "a class has behaviour, and only data crosses the wire",
        remedy: "Declare an interface with its data and tag that.",
      };
    case "function":
    case "variable":
      return {
        reason: `a ${place} is no type`,
        remedy: "Tag the interface, type alias or enum of the data.",
      };
    case "property":
      return { reason: "a property is part of a type", remedy: "Tag the interface or type alias around it." };
    case "namespace":
      return {
        reason: "a namespace is no type",
        remedy: "Export the types at the top of the file and tag them.",
      };
    case "other":
    case "nothing":
      return {
        reason: "no interface, type alias or enum follows directly",
        remedy: "Put the comment directly before the type, or remove the tag.",
      };
  }
}
