// The project that compile cost is measured on: interfaces as services have them, the same ones in every run.
//
// A tenth of the files are one domain (`orders`, `billing`, ...) in a folder of its own. Every file declares the same
// number of interfaces, all of them tagged; an interface has 6 to 16 fields, 11 on average. What the fields hold is
// drawn from `weights`, a quarter of them is optional. References lead to interfaces that were declared before, most to
// those of the same domain, one in five to those of any: two of them an interface, so that types nest across files and
// domains, and never in themselves. An interface reaches 90 others on average, 400 at most.
import { type Random, seededRandom } from "../codec/random.ts";

export interface ProjectSize {
  readonly files: number;
  readonly interfacesPerFile: number;
}

export const fullSize: ProjectSize = { files: 200, interfacesPerFile: 5 };

/** One declared interface. */
interface Declared {
  readonly name: string;
  /** Relative to the sources, without extension. */
  readonly module: string;
}

type FieldKind = keyof typeof weights;

/** How many of hundred fields hold what. */
const weights = {
  text: 26,
  integer: 14,
  float: 6,
  boolean: 8,
  bigint: 3,
  date: 4,
  choice: 8,
  nullable: 5,
  texts: 5,
  numbers: 2,
  reference: 7,
  references: 5,
  map: 2,
  record: 2,
  union: 2,
  bytes: 1,
};

const kinds = (Object.keys(weights) as FieldKind[]).flatMap((kind) =>
  Array.from({ length: weights[kind] }, () => kind),
);

const domains = ["orders", "billing", "catalog", "shipping", "accounts", "support", "search", "media"];
const moreDomains = [
  "audit",
  "messaging",
  "inventory",
  "pricing",
  "reports",
  "identity",
  "schedule",
  "fleet",
];
const subjects = ["Order", "Invoice", "Product", "Parcel", "Account", "Ticket", "Query", "Asset", "Entry"];
const moreSubjects = ["Message", "Stock", "Quote", "Report", "Session", "Task", "Route", "Member", "Device"];
const aspects = ["Summary", "Detail", "Change", "Request", "Result", "Status", "Line", "Policy", "Event"];
const adjectives = ["primary", "last", "next", "total", "initial", "billing", "source", "target", "external"];
const nouns = ["Name", "Id", "Count", "Price", "Region", "Label", "Owner", "Level", "Code", "Reason", "Size"];
const states = ["draft", "active", "paused", "closed", "failed", "archived", "pending", "blocked"];

/** The texts of all sources, by path below the folder of the sources. */
export function generatedProject({ files, interfacesPerFile }: ProjectSize): ReadonlyMap<string, string> {
  const random = seededRandom(1000);
  const declared: Declared[] = [];
  const texts = new Map<string, string>();
  for (let index = 0; index < files; index++) {
    const domain = [...domains, ...moreDomains][Math.floor((index * 10) / files)]!;
    const subject = [...subjects, ...moreSubjects][index % 18]!;
    const module = `${domain}/${subject.toLowerCase()}-${index}`;
    const file = new SourceText(random, module, declared);
    for (let each = 0; each < interfacesPerFile; each++) {
      file.declare(`${subject}${aspects[each % aspects.length]}${index * interfacesPerFile + each}`);
    }
    texts.set(`${module}.ts`, file.text);
  }
  return texts;
}

/** One source under construction. */
class SourceText {
  readonly #random: Random;
  readonly #module: string;
  readonly #declared: Declared[];
  readonly #numbers = new Set<string>();
  readonly #imports = new Map<string, Set<string>>();
  readonly #lines: string[] = [];

  constructor(random: Random, module: string, declared: Declared[]) {
    this.#random = random;
    this.#module = module;
    this.#declared = declared;
  }

  get text(): string {
    const numbers = this.#numbers.size > 0 ? [importLine(this.#numbers, "@hewn/runtime")] : [];
    const others = [...this.#imports].sort().map(([module, names]) => importLine(names, `../${module}.js`));
    return `${[...numbers, ...others, ...this.#lines].join("\n")}\n`;
  }

  declare(name: string): void {
    const fields = new Set<string>();
    const count = this.#random.integer(6, 16);
    while (fields.size < count) fields.add(this.#random.pick(adjectives) + this.#random.pick(nouns));
    this.#lines.push("", "/** @wire */", `export interface ${name} {`);
    for (const field of fields) {
      const mark = this.#random.chance(0.25) ? "?" : "";
      this.#lines.push(`  readonly ${field}${mark}: ${this.#type(this.#random.pick(kinds))};`);
    }
    this.#lines.push("}");
    this.#declared.push({ name, module: this.#module });
  }

  #type(kind: FieldKind): string {
    const random = this.#random;
    switch (kind) {
      case "text":
        return "string";
      case "integer":
        return this.#number(["u8", "u16", "u32", "i32", "int"]);
      case "float":
        return random.chance(0.5) ? "number" : this.#number(["f64", "f32"]);
      case "boolean":
        return "boolean";
      case "bigint":
        return this.#number(["i64", "u64"]);
      case "date":
        return "Date";
      case "choice":
        return this.#states(random.integer(2, 5))
          .map((state) => JSON.stringify(state))
          .join(" | ");
      case "nullable":
        return `${random.chance(0.6) ? "string" : this.#reference()} | null`;
      case "texts":
        return "readonly string[]";
      case "numbers":
        return `readonly ${this.#number(["f64", "i32", "u32"])}[]`;
      case "reference":
        return this.#reference();
      case "references":
        return `readonly ${this.#reference()}[]`;
      case "map":
        return `ReadonlyMap<string, ${random.chance(0.5) ? this.#reference() : "string"}>`;
      case "record":
        return `Readonly<Record<string, ${random.chance(0.5) ? "number" : "string"}>>`;
      case "union":
        return this.#union();
      case "bytes":
        return "Uint8Array";
    }
  }

  #number(names: readonly string[]): string {
    const name = this.#random.pick(names);
    this.#numbers.add(name);
    return name;
  }

  #states(count: number): readonly string[] {
    const first = this.#random.integer(0, states.length - 1);
    return Array.from({ length: count }, (_, index) => states[(first + index) % states.length]!);
  }

  /** A discriminated union, spelled out in place. */
  #union(): string {
    const [one, other, third] = this.#states(3);
    const arms = [
      `{ readonly state: "${one}"; readonly since: Date }`,
      `{ readonly state: "${other}"; readonly reason: string; readonly attempts: number }`,
      `{ readonly state: "${third}"; readonly by?: ${this.#reference()} }`,
    ];
    return arms.join(" | ");
  }

  /** The name of an interface that was declared before; a text where there is none yet. */
  #reference(): string {
    const domain = this.#module.split("/")[0]!;
    const near = this.#declared.filter(({ module }) => module.startsWith(`${domain}/`)).slice(-40);
    const from = near.length === 0 || this.#random.chance(0.2) ? this.#declared : near;
    if (from.length === 0) return "string";
    const { name, module } = this.#random.pick(from);
    if (module !== this.#module) {
      const names = this.#imports.get(module) ?? new Set();
      this.#imports.set(module, names.add(name));
    }
    return name;
  }
}

function importLine(names: Iterable<string>, from: string): string {
  return `import type { ${[...names].sort().join(", ")} } from "${from}";`;
}
