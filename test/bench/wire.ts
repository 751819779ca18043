/**
 * Owns as much of HTTP/1.1 as the load and its vendor speak, over plain sockets: they must not cost more than what
 * they measure. Must not serve anything else.
 */
import type { Socket } from "node:net";

const END_OF_HEAD = "\r\n\r\n";
const END_OF_CHUNKS = "0\r\n\r\n";

/** Where the first whole message ends; -1 while it is incomplete. Without a length and chunks it has no body. */
export const endOf = (text: string): number => {
  const head = text.indexOf(END_OF_HEAD);
  if (head < 0) return -1;
  const body = head + END_OF_HEAD.length;
  const heads = text.slice(0, head).toLowerCase();
  const length = /\r\ncontent-length: *(\d+)/.exec(heads)?.[1];
  if (length !== undefined)
    return body + Number(length) <= text.length ? body + Number(length) : -1;
  if (!heads.includes("\r\ntransfer-encoding: chunked")) return body;
  const end = text.indexOf(END_OF_CHUNKS, body);
  return end < 0 ? -1 : end + END_OF_CHUNKS.length;
};

/** Calls back with each whole message, as Latin-1: one unit is one byte. */
export const onMessages = (socket: Socket, take: (message: string) => void): void => {
  let text = "";
  socket.setNoDelay(true);
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => {
    text += chunk;
    for (let end = endOf(text); end >= 0; end = endOf(text)) {
      const message = text.slice(0, end);
      text = text.slice(end);
      take(message);
    }
  });
};

export const statusOf = (answer: string): number => Number(answer.slice(9, 12));
