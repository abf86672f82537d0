package dev.trackside.loadtest.bench;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How a server is told whom to follow, and where a runner is. */
enum Protocol {
  /** docs/protocol.md. */
  TRACKSIDE {
    @Override
    String registration(Workload work, int feed) {
      String feeds = work.race() ? "\"follow\":[\"r/*\"]" : "\"id\":\"r" + feed + '"';
      return '{' + feeds + ",\"trail\":0" + work.options() + '}';
    }

    @Override
    String runner(int feed) {
      return "r/" + feed;
    }
  },

  /** {@code peers/bun.js}. */
  PLAIN {
    @Override
    String registration(Workload work, int feed) {
      return work.race()
          ? IntStream.range(0, work.feeds())
              .mapToObj(i -> '"' + runner(i) + '"')
              .collect(Collectors.joining(",", "{\"ids\":[", "]}"))
          : "{\"id\":\"r" + feed + "\"}";
    }

    @Override
    String runner(int feed) {
      return "r" + feed;
    }
  };

  abstract String registration(Workload work, int feed);

  abstract String runner(int feed);

  /** A position. In a race it has an id, since spectators send for runners there. */
  String position(Workload work, int feed, long micros) {
    if (work.race()) {
      return String.format(
          Locale.ROOT,
          "{\"id\":\"%s\",\"t\":%d,\"lat\":%.7f,\"lon\":%.7f,\"alt\":%.1f,\"acc\":4.5,\"speed\":3.25,\"heading\":181.5}",
          runner(feed),
          micros / 1_000,
          52.52 + feed % 50 * 0.0003,
          13.40 + micros / 1_000_000 % 1_000 * 0.00004,
          34.0 + feed % 20);
    }
    return "{\"lat\":52.520008,\"lon\":13.404954,\"speed\":3.25,\"heading\":181.5,\"stamp\":"
        + micros
        + '}';
  }
}
