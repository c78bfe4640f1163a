// Constant JSON texts that the functions of one shape need, in one table of the codec file.
import type { CodecFile } from "./codec-file.ts";
import { quoteJson } from "./literal.ts";

export class JsonConstants {
  readonly #name: string;
  readonly #texts: string[] = [];

  /** @param make the function of the runtime that makes a table of texts */
  constructor(file: CodecFile, wanted: string, make: "jsonPieces" | "jsonTexts") {
    const { code } = file;
    this.#name = code.name(wanted);
    file.later(() => {
      const texts = this.#texts.map(quoteJson).join(", ");
      code.line(`const ${this.#name} = /* @__PURE__ */ ${code.use(make)}([${texts}]);`);
    });
  }

  /** An expression for one more text in the table. */
  add(text: string): string {
    return `${this.#name}[${this.#texts.push(text) - 1}]!`;
  }
}
