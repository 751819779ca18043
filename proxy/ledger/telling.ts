/**
 * Owns the loop that sends what one outbox holds. Must not hold up a delivery, or send one thing twice at a
 * time.
 */
import type { Told } from "../alerts.ts";

/** An outbox, and the way to its receivers. */
export interface Channel<Item> {
  due: () => readonly Item[];
  send: (item: Item) => Promise<Told>;
  settle: (item: Item, told: Told) => void;
  /** In Unix milliseconds; undefined if nothing waits. */
  nextAt: () => number | undefined;
  /** The same for items that go to the same receiver. */
  receiverOf: (item: Item) => string;
}

export interface TellingDeps<Item> {
  channel: Channel<Item>;
  /** The store itself failed. */
  onError: (error: unknown) => void;
  /** Called when things have been sent, or have not: the time of the next ones is known then. */
  onTold?: (() => void) | undefined;
}

export const createTelling = <Item>({ channel, onError, onTold }: TellingDeps<Item>) => {
  let stopped = false;
  let telling: Promise<void> | undefined;

  /**
   * One after the other, so that a receiver that hangs occupies one connection only. After its first
   * failure a receiver gets nothing more in this run.
   */
  const sendAll = async (): Promise<void> => {
    const silent = new Set<string>();
    for (const item of channel.due()) {
      if (stopped) return;
      if (silent.has(channel.receiverOf(item))) continue;
      const told = await channel.send(item);
      channel.settle(item, told);
      if (!told.taken) silent.add(channel.receiverOf(item));
    }
  };

  return {
    /** Whoever asks while it runs waits for the same run. */
    run: (): Promise<void> =>
      (telling ??= sendAll()
        .catch(onError)
        .finally(() => {
          telling = undefined;
          onTold?.();
        })),
    /** While they are on their way they are due all the time: then there is no next time. */
    nextAt: (): number | undefined => (telling ? undefined : channel.nextAt()),
    /** Resolves when what is on its way has ended. */
    stop: async (): Promise<void> => {
      stopped = true;
      await telling;
    },
  };
};
