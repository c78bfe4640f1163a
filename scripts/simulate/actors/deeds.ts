// What a plan's order to send something has players do. Which deed it is the order itself decides, so that a plan that
// has been shrunk does the same in what is left of it.

import type { SendOrder } from "@hewn/runtime/simulation";
import type { Known } from "./cast.ts";
import type { Question } from "./player.ts";
import type { Titles } from "./titles.ts";

/** What a deed is done with. */
export interface Scene {
  readonly order: SendOrder;
  /** A player of this node. */
  readonly own: Known;
  /** One of the machine that the order is for, which may be gone. */
  readonly other: Known;
  /** Any. */
  readonly third: Known;
  /** The child of this node's supervisor. */
  readonly child: Known;
  readonly titles: Titles;
}

type Deed = (scene: Scene) => void;

const countMax = 12;
const linesOf = ({ order: { count } }: Scene): number => Math.min(count, countMax);

const watch: Deed = ({ own, other }) => void own.ref.watch(other.ref, other.name);

const say: Deed = (scene) => {
  const { own, other, order } = scene;
  own.ref.say(other.ref, other.name, linesOf(scene), order.bytes);
};

/** More than may be on its way before anything is granted. */
const flood: Deed = ({ own, other }) => void own.ref.say(other.ref, other.name, 600, 0);

/** The other one has something to say to whoever may watch it. */
const answer: Deed = (scene) => {
  const { own, other, order } = scene;
  other.ref.say(own.ref, own.name, linesOf(scene), order.bytes);
};

/** As `answer`, and then it ends: that has to be heard behind its last line. */
const farewell: Deed = (scene) => {
  answer(scene);
  if (scene.other.mayEnd) scene.other.ref.end();
};

const crash: Deed = (scene) => {
  answer(scene);
  if (scene.other.mayEnd) scene.other.ref.crash();
};

const unwatch: Deed = ({ own, other }) => void own.ref.unwatch(other.name);

/** A handle goes on in a message, and is used there. */
const watchThere: Deed = ({ other, third }) => void other.ref.watch(third.ref, third.name);

const sayThere: Deed = (scene) => {
  const { other, third, order } = scene;
  other.ref.say(third.ref, third.name, linesOf(scene), order.bytes);
};

/** So much time an ask has, and as much or more it may take: by chance too little. */
const asking =
  (how: Question): Deed =>
  ({ own, other, order: { count, bytes } }) => {
    const ms = workMs[count % workMs.length] ?? 0;
    const asked = how === "fail" && !other.mayEnd ? "work" : how;
    own.ref.ask(other.ref, other.name, asked, ms, withinMs[bytes % withinMs.length] ?? 1000);
  };

const workMs = [0, 5, 60, 400];
const withinMs = [50, 300, 1000, 3000];

/** More at once than a mailbox takes. */
const askMany: Deed = (scene) => {
  for (let left = linesOf(scene) * 4; left > 0; left--) ask(scene);
  for (let left = linesOf(scene); left > 0; left--) asking("workNow")(scene);
};

const ask = asking("work");

/** The one of this node's supervisor, whichever start of it is up. */
const ofChild =
  (deed: Deed): Deed =>
  (scene) =>
    deed({ ...scene, other: scene.child });

const register: Deed = ({ titles, own, other, order: { count, bytes } }) =>
  titles.give(count % 3 === 0 ? own : other, bytes);

const unregister: Deed = ({ titles, order }) => titles.takeBack(order.bytes);

const join: Deed = ({ titles, own, other, order: { count, bytes } }) =>
  titles.join(count % 3 === 0 ? own : other, bytes);

const leave: Deed = ({ titles, own, other, order: { count, bytes } }) =>
  titles.leave(count % 3 === 0 ? own : other, bytes);

/** `spawn` needs more than a scene. */
const deeds: readonly (Deed | "spawn")[] = [
  "spawn",
  watch,
  say,
  answer,
  "spawn",
  watch,
  farewell,
  crash,
  watchThere,
  sayThere,
  ask,
  unwatch,
  ask,
  askMany,
  asking("fail"),
  ofChild(say),
  ofChild(ask),
  ofChild(asking("fail")),
  ofChild(ask),
  register,
  register,
  unregister,
  join,
  join,
  leave,
  flood,
  watch,
  watchThere,
  watch,
  watchThere,
];

export function deedOf({ pair, count, bytes }: SendOrder): Deed | "spawn" {
  return deeds[(pair * 5 + count * 3 + bytes) % deeds.length] ?? say;
}
