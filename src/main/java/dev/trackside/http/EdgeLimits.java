package dev.trackside.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What every client may do, whoever it is.
 *
 * @param connections how many may be open; new ones beyond are answered 503
 * @param connectionsOfOne how many one address may open; new ones beyond are closed at once
 * @param patience how long a request's head may take from its first byte, or from connecting, and
 *     how far a body or a reader may fall behind the slowest rate
 * @param slowestBytesASecond the rate at which a body must arrive and an answer must be read
 * @param idle how long a connection is kept without another request
 */
public record EdgeLimits(
    int connections,
    int connectionsOfOne,
    Duration patience,
    int slowestBytesASecond,
    Duration idle) {
  /** So many more connections are accepted, to be told that there is no room. */
  static final int SPARE_CONNECTIONS = 32;

  /** Of a request's head, request line included. */
  static final int MOST_HEAD_BYTES = 8 * 1024;

  private static final int FILES = 256;

  /** How many connections the process can have and still open its other files. */
  public static int mostConnections() {
    long files =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : Integer.MAX_VALUE;
    long others = Math.min(FILES + SPARE_CONNECTIONS, files / 2);
    return (int) Math.min(files - others, Integer.MAX_VALUE);
  }
}
