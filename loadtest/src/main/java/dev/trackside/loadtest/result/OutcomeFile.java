package dev.trackside.loadtest.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Reads and writes outcomes as JSON, in which an unknown value (NaN) is null. */
public final class OutcomeFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(double.class, new DoubleSerializer())
                  .addSerializer(Double.class, new DoubleSerializer())
                  .addDeserializer(double.class, new DoubleDeserializer()))
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private OutcomeFile() {}

  public static void write(Outcome outcome, Path file) throws IOException {
    Files.writeString(file, text(outcome));
  }

  /**
   * Reads an outcome.
   *
   * @throws IOException when the file cannot be read or does not hold one; the message names it
   */
  public static Outcome read(Path file) throws IOException {
    try {
      return MAPPER.readValue(Files.readAllBytes(file), Outcome.class);
    } catch (JacksonException e) {
      throw new IOException(file + " holds no result of a load test: " + e.getOriginalMessage(), e);
    }
  }

  static String text(Outcome outcome) {
    return MAPPER.writeValueAsString(outcome);
  }

  private static final class DoubleSerializer extends StdSerializer<Double> {
    private DoubleSerializer() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator out, SerializationContext context) {
      if (Double.isFinite(value)) {
        out.writeNumber(Math.round(value * 1000) / 1000.0);
      } else {
        out.writeNull();
      }
    }
  }

  private static final class DoubleDeserializer extends StdDeserializer<Double> {
    private DoubleDeserializer() {
      super(double.class);
    }

    @Override
    public Double deserialize(JsonParser in, DeserializationContext context) {
      return in.getDoubleValue();
    }

    @Override
    public Object getNullValue(DeserializationContext context) {
      return Double.NaN;
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
      return Double.NaN;
    }
  }
}
