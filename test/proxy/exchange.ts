/** Owns one exchange with a server as a proxy in front, or any program, has it. Must not hide a header. */
import { once } from "node:events";
import { request } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

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
