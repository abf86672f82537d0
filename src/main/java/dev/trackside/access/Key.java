package dev.trackside.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A secret that somebody shows: 128 random bits as 22 digits of base 62, or whatever he claims is
 * one. It is kept as its hash only, and never put into words. Immutable.
 */
public final class Key {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BITS = 128;
  private static final int LENGTH = 22;
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

  /**
   * What is stored in place of a key: its SHA-256. A key is random enough that nothing slower is
   * needed.
   */
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

  /** A new key as it is shown, once, to whom it is for. */
  public static String random() {
    var rest = new BigInteger(BITS, RANDOM);
    var text = new StringBuilder(LENGTH);
    while (text.length() < LENGTH) {
      BigInteger[] next = rest.divideAndRemainder(BASE);
      text.append(DIGITS.charAt(next[1].intValue()));
      rest = next[0];
    }
    return text.toString();
  }

  /** What somebody shows as his key. */
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
