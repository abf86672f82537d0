// A publish/subscribe server on Bun's own WebSockets, to compare with Trackside: bun peers/bun.js PORT
// The first message, {"id":"a"} or {"ids":["a","b"]}, names what to follow. Each later one goes to all followers of a feed: that of
// the connection, or with "ids" the one that the message names by "id".
const server = Bun.serve({
  hostname: "127.0.0.1",
  port: Number(process.argv[2]),
  fetch: (request, itself) => (itself.upgrade(request, { data: {} }) ? undefined : new Response("a WebSocket is at /ws")),
  websocket: {
    perMessageDeflate: false,
    publishToSelf: true,
    sendPings: false,
    idleTimeout: 0,
    backpressureLimit: 16 << 20,
    message(socket, text) {
      const { data } = socket;
      if (data.feed) {
        server.publish(data.feed, text);
      } else if (data.several) {
        server.publish(JSON.parse(text).id, text);
      } else {
        const { id, ids } = JSON.parse(text);
        data.feed = id;
        data.several = ids !== undefined;
        for (const each of ids ?? [id]) socket.subscribe(each);
      }
    },
  },
});
