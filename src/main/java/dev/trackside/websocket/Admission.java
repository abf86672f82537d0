package dev.trackside.websocket;

import java.util.function.Function;

/** What becomes of somebody who asks for a connection. */
public sealed interface Admission {
  /**
   * He is connected.
   *
   * @param receivers makes what stands behind the connection
   * @param gone is run once, when the connection has ended or has not come about
   */
  record Welcome(Function<Socket, Receiver> receivers, Runnable gone) implements Admission {}

  /** He is connected and sent away at once, so that a browser's page can see why. */
  record Goodbye(int code, String reason) implements Admission {}

  /** He is not connected, and told when he may come back. */
  record Later(long seconds, String words) implements Admission {}
}
