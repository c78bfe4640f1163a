// The class of players on one node: they tell what happens to them to that node's stage.

import type { BoundActor } from "@hewn/runtime/actors";
import { PlayerActor } from "./player.codec.ts";
import { Player } from "./player.ts";
import type { Stage } from "./stage.ts";

export function playerOn(stage: Stage): BoundActor<Player, readonly [name: string]> {
  return PlayerActor.from(
    class extends Player {
      protected override readonly stage = stage;
    },
  );
}
