package dev.trackside.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.run.HeavyWork;
import dev.trackside.track.Position;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A long answer, piece by piece: each is written and zipped where heavy work is done, and sent by
 * the thread of the call, as fast as the client reads. Used once, by one thread.
 */
final class LongAnswer implements AutoCloseable {
  private final HeavyWork heavy;
  private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
  private @Nullable Zipped zipped;
  private OutputStream client = OutputStream.nullOutputStream();
  private Writer writer = Writer.nullWriter();
  private boolean begun;

  LongAnswer(HeavyWork heavy) {
    this.heavy = heavy;
  }

  /** Where to write what is short and stands around the positions. */
  Writer to(OutputStream client, boolean zip) throws IOException {
    this.client = client;
    zipped = zip ? new Zipped(piece) : null;
    writer = new BufferedWriter(new OutputStreamWriter(zipped == null ? piece : zipped, UTF_8));
    return writer;
  }

  /**
   * Writes positions, and sends what has been written so far.
   *
   * @throws dev.trackside.run.TooBusy if these are the first, and too much heavy work waits
   */
  void write(List<Position> positions, Stretch.Sink sink) throws IOException {
    if (begun) {
      heavy.goOn(() -> written(positions, sink));
    } else {
      heavy.begin(() -> written(positions, sink));
      begun = true;
    }
    send();
  }

  private boolean written(List<Position> positions, Stretch.Sink sink) {
    try {
      for (Position position : positions) {
        sink.accept(position);
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("The track cannot be written.", e);
    }
  }

  private void send() throws IOException {
    piece.writeTo(client);
    piece.reset();
  }

  /** Sends the rest, and ends the answer. */
  void end() throws IOException {
    writer.close();
    send();
    client.close();
  }

  @Override
  public void close() {
    if (zipped != null) {
      zipped.release();
    }
  }

  /** Can free its native memory without finishing the data. */
  private static final class Zipped extends GZIPOutputStream {
    Zipped(OutputStream out) throws IOException {
      super(out);
    }

    void release() {
      def.end();
    }
  }
}
