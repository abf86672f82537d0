package dev.trackside.access;

/** Whether a client may do something, and if not, why. */
public enum Right {
  GRANTED,
  /** A key is needed, and none was shown. */
  KEY_MISSING,
  /** The key shown does not grant this. */
  KEY_WRONG,
  /** The key is that of a link that has expired or was revoked. */
  LINK_ENDED;

  public boolean isGranted() {
    return this == GRANTED;
  }
}
