/**
 * Owns the load on a server, a process of its own: a steady rate, or as much as some connections carry. Must not
 * take an answer for good that is not a 201.
 */
import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import { toRequest } from "./lead.ts";
import type { Aim } from "./lead.ts";
import { onMessages, statusOf } from "./wire.ts";

export interface Order {
  aim: Aim;
  /** How long it lasts; or how many requests, whichever is over first. */
  seconds: number;
  requests?: number;
  /** Requests a second, each at its time whether or not the ones before are answered. */
  rate?: number;
  /** Or: so many connections, each of which asks again at once. */
  connections?: number;
}

export interface Load {
  requests: number;
  seconds: number;
  /** Milliseconds of each request, from the moment at which it was due. */
  waits: number[];
}

/** Milliseconds before a request is due at which a timer of Node wakes: it may be a millisecond late. */
const EARLY = 1.5;

interface Connection {
  ask: (request: string) => Promise<void>;
  close: () => void;
}

const open = ({ port }: Aim): Connection => {
  const socket = connect(port, "127.0.0.1");
  let asked: PromiseWithResolvers<void> | undefined;
  const fail = (error: Error): void => asked?.reject(error);
  socket.on("error", fail);
  socket.on("close", () => fail(new Error("The server closed a connection.")));
  onMessages(socket, (answer) => {
    if (statusOf(answer) === 201) asked?.resolve();
    else fail(new Error(answer));
  });
  return {
    ask: (request) => {
      asked = Promise.withResolvers();
      socket.write(request, "latin1");
      return asked.promise;
    },
    close: () => {
      socket.removeAllListeners("close");
      socket.destroy();
    },
  };
};

/** Open loop: what is late counts from the time at which it was due. */
const goSteadily = async ({ aim, seconds }: Order, rate: number): Promise<Load> => {
  const free: Connection[] = [];
  const all: Connection[] = [];
  const waits: number[] = [];
  const running: Promise<void>[] = [];
  const started = performance.now();
  const send = async (due: number): Promise<void> => {
    const connection = free.pop() ?? open(aim);
    if (!all.includes(connection)) all.push(connection);
    await connection.ask(toRequest(aim));
    waits.push(performance.now() - due);
    free.push(connection);
  };
  for (let n = 0; n < rate * seconds; n++) {
    const due = started + (n * 1_000) / rate;
    const left = due - performance.now() - EARLY;
    if (left > 0) await setTimeout(left);
    while (performance.now() < due) await new Promise<void>((resolve) => setImmediate(resolve));
    running.push(send(due));
  }
  await Promise.all(running);
  for (const connection of all) connection.close();
  return { requests: waits.length, seconds: (performance.now() - started) / 1_000, waits };
};

const goHard = async (
  { aim, seconds, requests = Number.POSITIVE_INFINITY }: Order,
  connections: number,
): Promise<Load> => {
  const waits: number[] = [];
  const started = performance.now();
  const end = started + seconds * 1_000;
  const work = async (): Promise<void> => {
    const connection = open(aim);
    for (
      let due = performance.now();
      due < end && waits.length < requests;
      due = performance.now()
    ) {
      await connection.ask(toRequest(aim));
      waits.push(performance.now() - due);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, work));
  return { requests: waits.length, seconds: (performance.now() - started) / 1_000, waits };
};

process.on("message", (order: Order) => {
  const { rate, connections = 1 } = order;
  (rate === undefined ? goHard(order, connections) : goSteadily(order, rate)).then(
    (load) => process.send?.({ load }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.once("disconnect", () => process.exit());
