package dev.trackside.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What clients may ask of the server before anything is known of them.
 *
 * @param connections how many may be open; newcomers beyond them are answered 503
 * @param connectionsOfOne how many of one address may be open; a further one is closed at once
 * @param patience how long a request's head may take from its first byte, or from connecting, and
 *     how far behind the slowest rate a body or a reader may fall
 * @param slowestBytesASecond what a body must bring, and what an answer must be read with
 * @param idle how long a connection may be kept after an answer without a further request
 */
public record EdgeLimits(
    int connections,
    int connectionsOfOne,
    Duration patience,
    int slowestBytesASecond,
    Duration idle) {
  /** So many connections more are taken in to be told that there is no room. */
  static final int SPARE_CONNECTIONS = 32;

  /** Head, request line and all. */
  static final int MOST_HEAD_BYTES = 8 * 1024;

  private static final int FILES = 256;

  /** How many connections the process can have, with files left for everything else. */
  public static int mostConnections() {
    long files =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : Integer.MAX_VALUE;
    long others = Math.min(FILES + SPARE_CONNECTIONS, files / 2);
    return (int) Math.min(files - others, Integer.MAX_VALUE);
  }
}
