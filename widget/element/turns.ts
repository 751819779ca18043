/**
 * Owns the turns of forms that nobody has touched: each is drawn in a task of its own. Must not know what is
 * drawn.
 */

const waiting: (() => void)[] = [];
let channel: MessageChannel | undefined;

/** Runs in a task of its own, soon. Timers would be later: Firefox holds them back while a page loads. */
export const inTurn = (work: () => void): void => {
  if (!channel) {
    channel = new MessageChannel();
    channel.port1.onmessage = () => waiting.shift()!();
  }
  waiting.push(work);
  channel.port2.postMessage(0);
};

interface Refreshed extends Element {
  refresh(): void;
}

let observer: IntersectionObserver | undefined;

/** Refreshes an element in its turn, once it is within a screen of what the visitor sees. */
export const refreshWhenNear = (element: Refreshed): void => {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries)
        if (isIntersecting) {
          observer!.unobserve(target);
          inTurn(() => (target as Refreshed).refresh());
        }
    },
    { rootMargin: "100%" },
  );
  observer.observe(element);
};
