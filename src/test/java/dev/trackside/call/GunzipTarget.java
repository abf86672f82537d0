package dev.trackside.call;

import dev.trackside.fuzz.Expect;
import dev.trackside.fuzz.Target;
import dev.trackside.fuzz.TricklingBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Fuzzes packed bodies: what the JDK can unpack gives the same bytes, what the JDK has packed comes
 * back, and a bomb ends at the bound.
 */
public final class GunzipTarget implements Target {
  /** Less than the server allows, so that bombs cost less. */
  private static final int MOST_BYTES = 128 * 1024;

  /** The bytes until the end or the failure, and the status. */
  private record Unpacked(byte[] bytes, int status) {}

  @Override
  public void take(byte[] bytes) throws Exception {
    Random chance = Expect.chance(bytes);
    Unpacked ours = ours(new ByteArrayInputStream(bytes));
    Unpacked inPieces = ours(new TricklingBytes(bytes, 1 + chance.nextInt(100), chance));
    Expect.same(inPieces.status, ours.status, "it ends alike however the bytes arrive");
    int least = Math.min(inPieces.bytes.length, ours.bytes.length);
    int most = ours.status == 200 ? Math.max(inPieces.bytes.length, ours.bytes.length) : least;
    Expect.that(
        Arrays.equals(Arrays.copyOf(inPieces.bytes, most), Arrays.copyOf(ours.bytes, most)),
        "and gives the same bytes",
        inPieces.bytes.length,
        ours.bytes.length);
    checkAgainstTheirs(ours, theirs(bytes));
    checkPackedByTheirs(bytes, chance);
  }

  private static void checkAgainstTheirs(Unpacked ours, Unpacked theirs) {
    if (ours.status == 413) {
      Expect.that(ours.bytes.length <= MOST_BYTES, "a bomb ends", ours.bytes.length);
      Expect.that(theirs.bytes.length > MOST_BYTES, "but only a bomb", theirs.bytes.length);
    } else if (ours.status == 200) {
      Expect.that(theirs.status == 200, "what we unpack is gzip for the JDK", theirs.status);
      Expect.that(Arrays.equals(ours.bytes, theirs.bytes), "and gives the same bytes as the JDK");
    } else {
      Expect.that(ours.status == 400, "what is not gzip is a bad request", ours.status);
      Expect.that(
          theirs.status != 200 || Arrays.equals(ours.bytes, theirs.bytes),
          "the JDK unpacks no more, except for what it ignores after the end",
          ours.bytes.length,
          theirs.bytes.length);
    }
  }

  /** Unpacks as a body is unpacked. */
  private static Unpacked ours(InputStream raw) throws IOException {
    var out = new ByteArrayOutputStream();
    try {
      Body.read(raw, "gzip", MOST_BYTES, body -> drained(body, out));
      return new Unpacked(out.toByteArray(), 200);
    } catch (Problem problem) {
      Expect.words(String.valueOf(problem.getMessage()));
      return new Unpacked(out.toByteArray(), problem.getStatus());
    }
  }

  private static Unpacked theirs(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      drained(in, out);
      return new Unpacked(out.toByteArray(), 200);
    } catch (IOException e) {
      return new Unpacked(out.toByteArray(), 400);
    }
  }

  private static ByteArrayOutputStream drained(InputStream in, ByteArrayOutputStream out)
      throws IOException {
    byte[] some = new byte[4_096];
    for (int count = in.read(some); count >= 0 && out.size() <= MOST_BYTES; count = in.read(some)) {
      Expect.that(count > 0, "a read brings something");
      out.write(some, 0, count);
    }
    return out;
  }

  /** What the JDK has packed in several members comes back. */
  private static void checkPackedByTheirs(byte[] bytes, Random chance) throws IOException {
    var packed = new ByteArrayOutputStream();
    int from = 0;
    do {
      int to = from + chance.nextInt(bytes.length - from + 1);
      to = chance.nextInt(3) == 0 ? bytes.length : to;
      try (var out = new GZIPOutputStream(packed)) {
        out.write(bytes, from, to - from);
      }
      from = to;
    } while (from < bytes.length);
    Unpacked back = ours(new ByteArrayInputStream(packed.toByteArray()));
    Expect.same(back.status, 200, "what was packed is gzip");
    Expect.that(Arrays.equals(back.bytes, bytes), "and comes back");
  }
}
