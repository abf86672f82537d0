package dev.trackside.websocket;

/** The close codes of RFC 6455, section 7.4, that the server sends. */
public final class CloseCode {
  public static final int NORMAL = 1000;
  public static final int GOING_AWAY = 1001;
  public static final int PROTOCOL_ERROR = 1002;
  public static final int UNSUPPORTED = 1003;
  public static final int NO_STATUS = 1005;
  public static final int BAD_TEXT = 1007;
  public static final int POLICY = 1008;
  public static final int TOO_LARGE = 1009;
  public static final int INTERNAL_ERROR = 1011;
  public static final int TRY_AGAIN_LATER = 1013;

  private CloseCode() {}

  /** Whether an endpoint may put {@code code} into a Close frame. */
  static boolean mayBeSent(int code) {
    return (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006)
        || (code >= 3000 && code <= 4999);
  }
}
