// Program transformers exist in TypeScript 5 and 6. TypeScript 7 has neither `createProgram` nor anything to patch,
// and ts-patch ends there with a stack trace before it has read a tsconfig.

/** The line that names the way out, or undefined for a compiler that tspc can run. */
export function refusalOf(version: string): string | undefined {
  const major = Number(version.split(".")[0]);
  if (major === 5 || major === 6) return undefined;
  return (
    `hewn: tspc needs TypeScript 5 or 6, and this project has ${version}. ` +
    'Run "hewn generate" before tsc instead: it brings its own compiler (npm install --save-dev @hewn/cli). ' +
    "Or install typescript@6."
  );
}
