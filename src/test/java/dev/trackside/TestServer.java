package dev.trackside;

import dev.trackside.demo.Course;
import dev.trackside.demo.Rehearsal;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;

/** A server on a free port, with its rehearsal going on. */
final class TestServer implements AutoCloseable {
  private final Server server;
  private final Rehearsal rehearsal;

  TestServer(Path data) throws Exception {
    server = new Server(new Settings(0, "127.0.0.1", data));
    rehearsal = rehearsalThrough(port());
    rehearsal.start();
  }

  int port() {
    return server.port();
  }

  static URI door(int port) {
    return URI.create("ws://127.0.0.1:" + port + "/ws");
  }

  static Rehearsal rehearsalThrough(int port) throws Exception {
    return new Rehearsal(door(port), Course.BEDFORD, InstantSource.system());
  }

  @Override
  public void close() {
    rehearsal.close();
  }
}
