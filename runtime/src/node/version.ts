// The version of this package, as nodes tell each other for people to see.

/** As in package.json. */
export const runtimeVersion = "0.1.0";
