package dev.trackside.websocket;

import java.util.function.Function;

/** The answer to a client that asks for a connection. */
public sealed interface Admission {
  /**
   * The client is connected.
   *
   * @param receivers makes the receiver behind the connection
   * @param gone runs once, when the connection has ended or has never opened
   */
  record Welcome(Function<Socket, Receiver> receivers, Runnable gone) implements Admission {}

  /** The client is connected and closed at once, since only then can a page see why. */
  record Goodbye(int code, String reason) implements Admission {}

  /** The client is not connected, and told when it may come back. */
  record Later(long seconds, String words) implements Admission {}
}
