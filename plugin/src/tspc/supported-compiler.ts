// Program transformers exist in TypeScript 5 and 6. TypeScript 7 has neither `createProgram` nor anything to patch,
// and ts-patch ends there with a stack trace before it has read a tsconfig. So does its version 4 with TypeScript 5.

/**
 * The line that names the way out, or undefined for a compiler that tspc can run.
 * @param patch the version of ts-patch, where it is known
 */
export function refusalOf(version: string, patch?: string): string | undefined {
  const major = majorOf(version);
  if (major === 5 && majorOf(patch ?? "") >= 4)
    return `hewn: ts-patch ${patch} needs TypeScript 6, and this project has ${version}. Install ts-patch@3.`;
  if (major === 5 || major === 6) return undefined;
  return (
    `hewn: tspc needs TypeScript 5 or 6, and this project has ${version}. ` +
    'Run "hewn generate" before tsc instead: it brings its own compiler (npm install --save-dev @hewn/cli). ' +
    "Or install typescript@6."
  );
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}
