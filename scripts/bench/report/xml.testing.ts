// For tests: XML read strictly, as far as SVG without namespaces, comments and entities of its own needs it.

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The text directly in it. */
  readonly text: string;
  readonly children: readonly Element[];
}

type Open = Element & { text: string; readonly children: Element[] };

const token =
  /<(?<end>\/?)(?<name>[\w:-]+)(?<list>(?:\s+[\w:-]+="[^"<]*")*)\s*(?<empty>\/?)>|(?<text>[^<]+)/y;

/** @throws SyntaxError when the text is not well-formed */
export function parseXml(text: string): Element {
  const root: Open = { name: "", attributes: {}, text: "", children: [] };
  const open: Open[] = [root];
  const bad = (index: number): never => {
    throw new SyntaxError(`not well-formed at ${index}: ${text.slice(index, index + 40)}`);
  };
  token.lastIndex = 0;
  for (let index = 0; index < text.length; index = token.lastIndex) {
    const found = token.exec(text)?.groups ?? bad(index);
    const top = open.at(-1)!;
    if (found["text"] !== undefined) top.text += plain(found["text"], () => bad(index));
    else if (found["end"] === "/") {
      if (open.length < 2 || open.pop()!.name !== found["name"]) bad(index);
    } else {
      const attributes = attributesOf(found["list"]!, () => bad(index));
      const element: Open = { name: found["name"]!, attributes, text: "", children: [] };
      top.children.push(element);
      if (found["empty"] !== "/") open.push(element);
    }
  }
  if (open.length !== 1 || root.children.length !== 1 || root.text.trim() !== "") bad(text.length);
  return root.children[0]!;
}

function attributesOf(list: string, bad: () => never): Record<string, string> {
  const all = [...list.matchAll(/([\w:-]+)="([^"]*)"/g)].map(
    ([, name = "", value = ""]) => [name, plain(value, bad)] as const,
  );
  if (new Set(all.map(([name]) => name)).size < all.length) bad();
  return Object.fromEntries(all);
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

function plain(text: string, bad: () => never): string {
  return text.replace(/&(\w*);?/g, (found, name: string) =>
    found.endsWith(";") && name in entities ? entities[name]! : bad(),
  );
}

/** All elements in document order. */
export function elementsOf(root: Element): readonly Element[] {
  return [root, ...root.children.flatMap(elementsOf)];
}
