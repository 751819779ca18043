/**
 * Owns the turns of forms that nobody has touched: the first of a page is drawn at once, each further one in a task
 * of its own. Must not know what is drawn.
 */

const waiting: (() => void)[] = [];
let channel: MessageChannel | undefined;
let isTaken = false;

const next = (): void => {
  const work = waiting.shift();
  isTaken = !!work;
  work?.();
};

/** Runs now where no other has its turn, else in a task of its own. Timers are held back while a page loads. */
export const inTurn = (work: () => void): void => {
  if (!channel) {
    channel = new MessageChannel();
    channel.port1.onmessage = next;
  }
  channel.port2.postMessage(0);
  if (isTaken) waiting.push(work);
  else {
    isTaken = true;
    work();
  }
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
