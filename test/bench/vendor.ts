/**
 * Owns a vendor for the load, a process of its own: `/slow` takes 50 ms, `/fast` answers at once. Must not look at a
 * lead.
 */
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout } from "node:timers";
import { onMessages } from "./wire.ts";

/** Milliseconds. */
const SLOW = 50;

const BODY = JSON.stringify({ newLead: { _id: "66f0c0ffee", leadId: 7 } });
const ANSWER = [
  "HTTP/1.1 201 Created",
  "content-type: application/json",
  `content-length: ${BODY.length}`,
  "",
  BODY,
].join("\r\n");

const serve = (socket: Socket): void => {
  const answer = (): void => void socket.write(ANSWER);
  socket.on("error", () => socket.destroy());
  onMessages(socket, (request) => {
    if (request.startsWith("POST /slow")) setTimeout(answer, SLOW);
    else answer();
  });
};

const server = createServer(serve).listen(0, "127.0.0.1", () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.once("disconnect", () => process.exit());
