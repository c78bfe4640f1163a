// The objects that are measured: many different ones for each workload, with optional fields absent as users leave
// them out, numbers of full precision and strings that are flat, as they come from a network or a file.
import type {
  Article,
  Command,
  Doubles10k,
  GameState,
  Image,
  Media,
  MediaContent,
  NodeId,
  Order,
  OrderLine,
  Player,
  Projectile,
  Readings1000,
  SensorReading,
} from "../../../fixtures/bench/workloads.ts";
import { type Random, seededRandom } from "./random.ts";

/** The type of each workload. */
export interface WorkloadTypes {
  SensorReading: SensorReading;
  NodeId: NodeId;
  Command: Command;
  Readings1000: Readings1000;
  MediaContent: MediaContent;
  Order: Order;
  Doubles10k: Doubles10k;
  Article: Article;
  GameState: GameState;
}

export type WorkloadName = keyof WorkloadTypes;

const makers: { readonly [N in WorkloadName]: (random: Random) => WorkloadTypes[N] } = {
  SensorReading: sensorReading,
  NodeId: nodeId,
  Command: command,
  Readings1000: (random) => ({ readings: times(1000, () => sensorReading(random)) }),
  MediaContent: mediaContent,
  Order: order,
  Doubles10k: (random) => ({ values: times(10_000, () => random.next() * 2000 - 1000) }),
  Article: article,
  GameState: gameState,
};

/** How many objects of a workload are in turn: enough that no branch learns them, few enough to stay in the cache. */
const counts: { readonly [N in WorkloadName]: number } = {
  SensorReading: 256,
  NodeId: 256,
  Command: 256,
  Readings1000: 8,
  MediaContent: 128,
  Order: 64,
  Doubles10k: 8,
  Article: 32,
  GameState: 32,
};

export const workloadNames = Object.keys(makers) as readonly WorkloadName[];

export function valuesOf<N extends WorkloadName>(name: N, seed: number): readonly WorkloadTypes[N][] {
  const random = seededRandom(seed);
  return times(counts[name], () => makers[name](random));
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}

/** Concatenation makes ropes, which cost whoever reads them first; a round trip through bytes makes them flat. */
function flat(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}

function digits(random: Random, count: number): string {
  return String(random.integer(0, 10 ** count - 1)).padStart(count, "0");
}

const now = 1_764_000_000_000;

function sensorReading(random: Random): SensorReading {
  return {
    sensorId: flat(`sensor-${digits(random, 5)}`),
    value: random.next() * 200 - 50,
    timestamp: now + random.integer(0, 86_400_000),
  };
}

function nodeId(random: Random): NodeId {
  const region = random.pick(["eu-west", "us-east", "ap-south", "eu-north"]);
  return {
    host: flat(`node-${random.integer(1, 250)}.${region}.example.net`),
    port: random.integer(1024, 65_535),
    instance: random.bits64(),
  };
}

function command(random: Random): Command {
  const type = random.pick(["shutdown", "restart", "updateConfig"] as const);
  if (type === "shutdown") return { type };
  if (type === "restart") return { type, delayMs: random.integer(0, 60_000) };
  return { type, key: flat(`pool.size.${random.integer(1, 99)}`), value: flat(digits(random, 6)) };
}

function mediaContent(random: Random): MediaContent {
  return {
    media: media(random),
    images: times(random.integer(1, 3), () => image(random)),
  };
}

function media(random: Random): Media {
  return {
    uri: flat(`http://javaone.example.com/keynote-${digits(random, 4)}.mpg`),
    ...(random.chance(0.8) && { title: flat(`Javaone Keynote ${digits(random, 3)}`) }),
    width: random.pick([640, 1280, 1920]),
    height: random.pick([480, 720, 1080]),
    format: random.pick(["video/mpg4", "video/webm", "video/av1"]),
    duration: random.integer(1_000_000, 30_000_000),
    size: random.integer(10_000_000, 9_000_000_000),
    ...(random.chance(0.5) && { bitrate: random.integer(64_000, 900_000) }),
    persons: times(random.integer(1, 3), () =>
      random.pick(["Bill Gates", "Steve Jobs", "Ada Lovelace", "Grace Hopper"]),
    ),
    player: random.pick(["JAVA", "FLASH"] as const),
    ...(random.chance(0.2) && { copyright: "none" }),
  };
}

function image(random: Random): Image {
  return {
    uri: flat(`http://javaone.example.com/keynote-${digits(random, 4)}.jpg`),
    ...(random.chance(0.8) && { title: "Javaone Keynote" }),
    width: random.pick([320, 1024, 2048]),
    height: random.pick([240, 768, 1536]),
    size: random.pick(["SMALL", "LARGE"] as const),
  };
}

const products = ["Espresso cups", "Grille-pain « Été »", "Tea kettle", "Käsereibe", "急須", "Bread knife"];
const cities = ["København", "Lisboa", "Zürich", "Kraków", "Osaka", "Boston"];

function order(random: Random): Order {
  return {
    id: flat(`ord-${digits(random, 9)}`),
    createdAt: now + random.integer(0, 86_400_000),
    status: random.pick(["open", "paid", "shipped", "returned"] as const),
    customer: random.pick(["Zoë Ångström", "John Smith", "María Núñez", "Wei Chen"]),
    ...(random.chance(0.6) && { email: flat(`customer${digits(random, 5)}@example.com`) }),
    address: {
      street: flat(`${random.integer(1, 400)} Long Street`),
      city: random.pick(cities),
      postcode: flat(digits(random, 5)),
      country: random.pick(["DK", "PT", "CH", "PL", "JP", "US"]),
    },
    lines: times(random.integer(4, 10), () => orderLine(random)),
    tags: times(random.integer(0, 4), () => random.pick(["gift", "express", "b2b", "fragile", "priority"])),
    ...(random.chance(0.4) && { comment: "Bitte beim Nachbarn abgeben – danke! ☕" }),
    total: random.integer(1000, 99_999) / 100,
  };
}

function orderLine(random: Random): OrderLine {
  return {
    sku: flat(`SKU-${digits(random, 8)}`),
    name: random.pick(products),
    quantity: random.integer(1, 300),
    unitPrice: random.integer(100, 20_000) / 100,
    ...(random.chance(0.25) && { note: "engrave: “for you”" }),
  };
}

const english = "the quick brown fox jumps over the lazy dog while it reads a message from far away".split(
  " ",
);
const russian = "быстрая лиса прыгает через ленивую собаку и читает письмо издалека".split(" ");
const greek = "η γρήγορη αλεπού πηδά πάνω από το τεμπέλικο σκυλί και διαβάζει ένα γράμμα".split(" ");
const japanese = ["素早い", "狐が", "怠け者の", "犬を", "飛び越え", "遠くからの", "手紙を", "読む"];

function article(random: Random): Article {
  return {
    title: prose(random, english, 1000),
    summary: prose(random, english, 2000),
    english: prose(random, english, 5000),
    russian: prose(random, russian, 2200),
    japanese: prose(random, japanese, 1000),
    greek: prose(random, greek, 1000),
  };
}

/** About `units` UTF-16 units of text, give or take a fifth. */
function prose(random: Random, words: readonly string[], units: number): string {
  const length = Math.round(units * (0.8 + 0.4 * random.next()));
  const parts: string[] = [];
  for (let sum = 0; sum < length; ) {
    const word = random.pick(words);
    parts.push(word);
    sum += word.length + 1;
  }
  return flat(parts.join(" "));
}

function gameState(random: Random): GameState {
  return {
    tick: random.integer(0, 1_000_000),
    players: times(16, () => player(random)),
    projectiles: times(20, () => projectile(random)),
  };
}

function player(random: Random): Player {
  return {
    id: random.integer(0, 255),
    x: random.integer(-2000, 2000),
    y: random.integer(-2000, 2000),
    heading: random.integer(0, 359),
    health: random.integer(0, 100),
    armor: random.integer(0, 100),
    ammo: random.integer(0, 300),
    weapon: random.integer(0, 12),
    score: random.integer(-10, 120),
    alive: random.chance(0.8),
    crouching: random.chance(0.2),
    firing: random.chance(0.3),
  };
}

function projectile(random: Random): Projectile {
  return {
    id: random.integer(0, 5000),
    owner: random.integer(0, 255),
    x: random.integer(-2000, 2000),
    y: random.integer(-2000, 2000),
    dx: random.integer(-30, 30),
    dy: random.integer(-30, 30),
  };
}
