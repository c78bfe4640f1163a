// What is still to be told around: by name only, so that what goes out is always the latest that is known, and the queue
// is never longer than the table. Freshest first, each claim a bounded number of times (SWIM, section 4.1).

import { encodeUpdate } from "./messages.codec.ts";
import type { Update } from "./messages.ts";

interface Item {
  transmits: number;
  /** Rises with every piece of news. */
  readonly order: number;
  readonly withMetadata: boolean;
  /** Made when first sent; news replaces the item. */
  update: Update | undefined;
  bytes: number;
}

/** Changed in place. */
export interface Queue {
  readonly items: Map<string, Item>;
  order: number;
}

export function newQueue(): Queue {
  return { items: new Map(), order: 0 };
}

/** There is news of a member: whatever was to be told of it goes out anew. */
export function enqueue(queue: Queue, key: string, withMetadata: boolean): void {
  const pending = queue.items.get(key);
  queue.order++;
  queue.items.set(key, {
    transmits: 0,
    order: queue.order,
    withMetadata: withMetadata || pending?.withMetadata === true,
    update: undefined,
    bytes: 0,
  });
}

/**
 * Takes what goes into one message.
 *
 * @param read the latest about a member; undefined where it has been forgotten
 * @param bytesMax of all updates together, encoded
 * @param transmitsMax how often an update is told
 */
export function take(
  queue: Queue,
  read: (key: string, withMetadata: boolean) => Update | undefined,
  bytesMax: number,
  transmitsMax: number,
): Update[] {
  if (queue.items.size === 0) return [];
  const taken: Update[] = [];
  let left = bytesMax;
  for (const [key, item] of inOrder(queue)) {
    if (!fill(item, read, key)) {
      queue.items.delete(key);
      continue;
    }
    if (item.bytes > left) continue;
    left -= item.bytes;
    taken.push(item.update!);
    item.transmits++;
    if (item.transmits >= transmitsMax) queue.items.delete(key);
  }
  return taken;
}

function inOrder({ items }: Queue): [string, Item][] {
  return [...items].sort(([, a], [, b]) => a.transmits - b.transmits || b.order - a.order);
}

function fill(item: Item, read: (key: string, withMetadata: boolean) => Update | undefined, key: string) {
  if (item.update !== undefined) return true;
  item.update = read(key, item.withMetadata);
  if (item.update !== undefined) item.bytes = encodeUpdate(item.update).length;
  return item.update !== undefined;
}
