package dev.trackside.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trackside.run.HeavyWork;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A long answer, page by page: each is read, written and zipped in a turn of the caller, and sent
 * by the thread of the call, as fast as the client reads. While that lasts, only its bytes are
 * kept. Used once, by one thread.
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
   * Writes the next page, and sends what has been written so far.
   *
   * @param page reads it; may wait for the log
   * @param written writes it, and says where to go on
   * @throws dev.trackside.run.TooBusy if this is the first, and too much work waits
   */
  <P, T> T write(Supplier<P> page, Function<P, T> written) throws IOException {
    boolean first = !begun;
    T next =
        heavy.page(
            first,
            () -> {
              P read = page.get();
              Supplier<T> work = () -> written.apply(read);
              return first ? heavy.begin(work) : heavy.goOn(work);
            });
    begun = true;
    send();
    return next;
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
