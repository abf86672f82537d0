package dev.trackside.hub;

/**
 * Why a spectator is sent away.
 *
 * @param code a WebSocket closing code
 * @param words what the spectator may read
 */
public record Goodbye(int code, String words) {
  public static final Goodbye GOING_AWAY = new Goodbye(1001, "server is going away, come back");
}
