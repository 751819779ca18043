/** Owns one exchange with a server as a proxy in front, or any program, has it. Must not hide a header. */
import { once } from "node:events";
import { request } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { connect } from "node:net";

export interface Exchange {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Every header is sent as it is given, `Host` among them, which `fetch` would not. */
export const send = async (
  { url }: { url: string },
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body = "",
): Promise<Exchange> => {
  const call = request(new URL(path, url), { method, headers });
  call.end(body);
  const [response] = (await once(call, "response")) as [IncomingMessage];
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, text };
};

const ANSWER = /^HTTP\/1\.1 \d+[^]*?\r\n\r\n/;

/** Its body has the length that its head announces; one without has none here, or ends with the connection. */
const isWhole = (text: string): boolean => {
  const [head] = ANSWER.exec(text) ?? [];
  if (head === undefined) return false;
  const [, length] = /^content-length: (\d+)/im.exec(head) ?? [];
  return length === undefined
    ? text.endsWith("0\r\n\r\n")
    : text.length >= head.length + Number(length);
};

/** Bytes as they are, such as no client sends. @returns the answer, or nothing where the other side just closes */
export const sendRaw = async ({ url }: { url: string }, bytes: string): Promise<string> => {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = "";
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    text += chunk;
    if (isWhole(text)) resolve();
  });
  // A reset after the answer is an end too.
  socket.on("error", () => {}).on("close", () => resolve());
  socket.write(bytes, "latin1");
  await promise;
  socket.destroy();
  return text;
};
