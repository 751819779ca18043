/**
 * Owns an answer in a Worker whose request lasts as long as some work behind it. Must not hold the answer back.
 *
 * What is under `waitUntil` is lost when workerd ends in good order, and what a request still sends is not.
 */
export const endWith = async (response: Response, work: Promise<unknown>): Promise<Response> => {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const { readable, writable } = new FixedLengthStream(bytes.byteLength);
  const send = async (): Promise<void> => {
    const writer = writable.getWriter();
    await writer.write(bytes);
    await work;
    await writer.close();
  };
  // Its reader may have left.
  void send().catch(() => undefined);
  return new Response(readable, response);
};
