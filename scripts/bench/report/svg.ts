// Elements of SVG as text: escaped, figures to a tenth, the same for the same input on every machine.

export type Attributes = Readonly<Record<string, string | number>>;

export function element(name: string, attributes: Attributes, ...content: readonly string[]): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(attribute(value))}"`);
  const head = `<${name}${list.join("")}`;
  return content.length === 0 ? `${head}/>` : `${head}>${content.join("")}</${name}>`;
}

export function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function attribute(value: string | number): string {
  return typeof value === "number" ? String(Math.round(value * 10) / 10) : value;
}
