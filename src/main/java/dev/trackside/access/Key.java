package dev.trackside.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A secret that a client shows: 22 random digits of base 62, or whatever the client takes for one.
 * Only its hash is kept, and it is never printed. Immutable.
 */
public final class Key {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int LENGTH = 22;
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /** The SHA-256 of a key, stored in its place; keys are too random to need a slower hash. */
  public record Hash(String hex) {
    /** Compares in a time that does not depend on where they differ. */
    boolean isOf(Key key) {
      return MessageDigest.isEqual(hex.getBytes(US_ASCII), key.hash.hex.getBytes(US_ASCII));
    }

    @Override
    public String toString() {
      return hex.substring(0, 6) + "…";
    }
  }

  private final Hash hash;

  private Key(Hash hash) {
    this.hash = hash;
  }

  /** A new key of more than 128 random bits, to be shown once. */
  public static String random() {
    var text = new StringBuilder(LENGTH);
    RANDOM.ints(LENGTH, 0, DIGITS.length()).forEach(digit -> text.append(DIGITS.charAt(digit)));
    return text.toString();
  }

  public static Key of(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return new Key(new Hash(HexFormat.of().formatHex(digest)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  public Hash hash() {
    return hash;
  }

  @Override
  public String toString() {
    return "key";
  }
}
