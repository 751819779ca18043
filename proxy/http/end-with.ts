/**
 * Owns an answer in a Worker whose request lasts as long as some work behind it. Must not hold the answer back.
 *
 * What is under `waitUntil` is lost when workerd ends in good order, and what a request still sends is not.
 */
import type { Send } from "./reply.ts";

const encoder = new TextEncoder();

export const endWith =
  (work: Promise<unknown>): Send =>
  (body, init) => {
    const bytes = encoder.encode(body ?? "");
    const { readable, writable } = new FixedLengthStream(bytes.byteLength);
    const write = async (): Promise<void> => {
      const writer = writable.getWriter();
      await writer.write(bytes);
      await work;
      await writer.close();
    };
    // Its reader may have left.
    void write().catch(() => undefined);
    return new Response(readable, init);
  };
