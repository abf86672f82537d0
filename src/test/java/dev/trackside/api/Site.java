package dev.trackside.api;

import dev.trackside.pages.PageSettings;
import dev.trackside.support.Calls;
import dev.trackside.support.House;
import dev.trackside.track.TrackLog;
import io.javalin.Javalin;
import java.net.URI;
import java.util.Set;

/** The HTTP calls alone, on the test's own log. */
final class Site implements AutoCloseable {
  private final House house;
  private final Javalin server;
  final Calls calls;

  Site(TrackLog log) {
    this(new House(log));
  }

  Site(House house) {
    this.house = house;
    server = house.serve(Set.of("https://club.example"), new PageSettings("", "", Set.of()));
    calls = new Calls(address());
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  Javalin server() {
    return server;
  }

  @Override
  public void close() {
    calls.close();
    server.stop();
    house.close();
  }
}
