package dev.trackside.api;

import dev.trackside.call.Problem;
import dev.trackside.json.Json;
import dev.trackside.json.PositionReader;
import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Reads a body that is one position, an array of them, or one per line. Keeps nothing but the
 * fixes. Used once.
 */
final class BatchReader {
  private static final String ONE_OBJECT = "a position must be one object, {…}";
  private static final String SHAPES =
      "The body must be a position {…}, an array of them, or one per line.";

  private final Runner runner;
  private final Batch batch = new Batch();
  private final PositionReader position = new PositionReader();

  BatchReader(Runner runner) {
    this.runner = runner;
  }

  /**
   * @throws Problem when the body as a whole is none of the three, or too large
   */
  Batch read(InputStream body) throws IOException {
    var lines = new Lines(body);
    try {
      switch (lines.peek()) {
        case '[' -> array(lines.rest());
        case '{' -> objects(lines);
        case -1 -> throw Problem.badJson("The body is empty. " + SHAPES);
        default -> throw Problem.badJson(SHAPES);
      }
    } catch (JacksonIOException e) {
      throw e.getCause();
    } catch (JacksonException e) {
      throw notJson(e);
    }
    return batch;
  }

  private static Problem notJson(JacksonException e) {
    TokenStreamLocation at = e.getLocation(); // null beyond a limit of the parser
    String where =
        at == null ? "" : "line %d, column %d: ".formatted(at.getLineNr(), at.getColumnNr());
    return Problem.badJson(where + Json.flaw(e));
  }

  private void array(InputStream in) {
    try (JsonParser parser = Json.parser(in)) {
      parser.nextToken();
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        if (token == JsonToken.START_OBJECT) {
          position.read(parser);
          take();
        } else {
          parser.skipChildren();
          batch.refuse(ONE_OBJECT);
        }
      }
      end(parser);
    }
  }

  private static void end(JsonParser parser) {
    if (parser.nextToken() != null) {
      throw Problem.badJson("There must be nothing after the closing bracket.");
    }
  }

  /**
   * Reads one object that may span several lines, or one object per line. If the first line is not
   * an object and the second does not begin one, they belong together.
   */
  private void objects(Lines lines) throws IOException {
    lines.next();
    JacksonException flaw = line(lines);
    if (flaw != null) {
      int end = lines.start() + lines.length() + 1;
      byte[] first = Arrays.copyOfRange(lines.buffer(), lines.start(), end);
      first[lines.length()] = '\n';
      switch (lines.peek()) {
        case '{' -> batch.refuse(Json.flaw(flaw));
        case -1 -> throw notJson(flaw);
        default -> {
          object(new SequenceInputStream(new ByteArrayInputStream(first), lines.rest()));
          return;
        }
      }
    }
    while (lines.next()) {
      flaw = line(lines);
      if (flaw != null) {
        batch.refuse(Json.flaw(flaw));
      }
    }
  }

  private void object(InputStream in) {
    try (JsonParser parser = Json.parser(in)) {
      parser.nextToken();
      position.read(parser);
      end(parser);
      take();
    }
  }

  /** Takes or refuses the position in a line; returns the flaw of a line that is not JSON. */
  private @Nullable JacksonException line(Lines lines) {
    if (lines.isTooLong()) {
      batch.refuse("a line has at most " + Lines.LONGEST_BYTES + " bytes");
      return null;
    }
    try (JsonParser parser = Json.parser(lines.buffer(), lines.start(), lines.length())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        batch.refuse(ONE_OBJECT);
        return null;
      }
      position.read(parser);
      if (parser.nextToken() != null) {
        batch.refuse("a line must hold one object, and nothing after it");
        return null;
      }
      take();
      return null;
    } catch (JacksonException e) {
      return e;
    }
  }

  private void take() {
    String id = position.id();
    if (id != null && !id.equals(runner.id())) {
      batch.refuse("id must be " + runner + ", as in the address, or left out");
      return;
    }
    Fix fix = position.fix();
    if (fix == null) {
      batch.refuse(position.flaw());
    } else {
      batch.add(fix);
    }
  }
}
