/** Owns the least that a forwarder can be: the body of a request goes to the vendor, with a key. Must not check it. */
export default {
  async fetch(request, env) {
    return fetch(env.VENDOR + new URL(request.url).pathname, {
      method: "POST",
      headers: { "content-type": "application/json", "api-key": env.KEY },
      body: await request.text(),
    });
  },
};
