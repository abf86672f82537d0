package dev.trackside.access;

/** Whether somebody may do something, and if not, why. */
public enum Right {
  GRANTED,
  /** It needs a key, and none was shown. */
  KEY_MISSING,
  /** The key that was shown is not one for this. */
  KEY_WRONG,
  /** The key was that of a link which has expired or was revoked. */
  LINK_ENDED;

  public boolean isGranted() {
    return this == GRANTED;
  }
}
