package dev.trackside.api;

import dev.trackside.call.Problem;
import dev.trackside.fuzz.Expect;
import dev.trackside.fuzz.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Fuzzes the body of a small call: a known member is of the right type and in range, or an error
 * says why not.
 */
public final class BodyFieldsTarget implements Target {
  private static final Set<String> KNOWN =
      Set.of("id", "name", "visibility", "mask", "finished", "expires");

  @Override
  public void take(byte[] bytes) throws Exception {
    var body = new ByteArrayInputStream(bytes);
    BodyFields fields = answered(() -> read(body));
    Expect.that(body.available() > 0 || bytes.length < 5_000, "little is read", bytes.length);
    if (fields != null) {
      for (String name : KNOWN) {
        Optional<String> text = answered(() -> fields.text(name, 1, 64));
        if (text != null && text.isPresent()) {
          Expect.words(text.get());
          int length = text.get().codePointCount(0, text.get().length());
          Expect.that(length >= 1 && length <= 64, "a text is as long as it may be", length);
        }
        Optional<Long> number = answered(() -> fields.number(name, 1, 1_000_000));
        if (number != null && number.isPresent()) {
          long value = number.get();
          Expect.that(value >= 1 && value <= 1_000_000, "a number is in range", value);
        }
        answered(() -> fields.flag(name));
      }
    }
  }

  private static BodyFields read(ByteArrayInputStream body) {
    try {
      return BodyFields.of(body, KNOWN);
    } catch (IOException e) {
      throw new AssertionError("memory can be read", e);
    }
  }

  private static <T> @Nullable T answered(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (Problem problem) {
      int status = problem.getStatus();
      Expect.that(status == 400 || status == 413, "the status says what is wrong", status);
      Expect.words(String.valueOf(problem.getMessage()));
      return null;
    }
  }
}
