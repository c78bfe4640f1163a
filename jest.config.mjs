// Tests run on the sources: `@hewn/*` is mapped to `src/*.ts`, so that no test looks at a stale build.
export default {
  roots: ["packages", "plugin", "runtime", "scripts", "fixtures"].map((folder) => `<rootDir>/${folder}`),
  testMatch: ["**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "/dist/"],
  modulePathIgnorePatterns: ["/dist/"],
  extensionsToTreatAsEsm: [".ts", ".mts"],
  moduleFileExtensions: ["ts", "mts", "js", "mjs", "cjs", "json", "node"],
  transform: { "\\.m?ts$": "<rootDir>/scripts/jest-esbuild.mjs" },
  moduleNameMapper: {
    "^@hewn/(plugin|runtime)$": "<rootDir>/$1/src/index.ts",
    "^@hewn/schema$": "<rootDir>/packages/schema/src/index.ts",
    "^@hewn/plugin/(transformer|esbuild)$": "<rootDir>/plugin/src/$1.ts",
    "^@hewn/runtime/(codec|actors|transport|node|simulation)$": "<rootDir>/runtime/src/$1/index.ts",
    "^#text$": "<rootDir>/runtime/src/codec/text.node.ts",
    "^#try$": "<rootDir>/runtime/src/codec/try-read.node.ts",
  },
  testEnvironment: "node",
  testTimeout: 30_000,
  // Processes that start anew when they have grown: Jest keeps what modules of former tests took, and each collection
  // goes through it. Much of a test is waiting for another process, hence as many as there are cores.
  maxWorkers: "100%",
  workerIdleMemoryLimit: "1GB",
};
