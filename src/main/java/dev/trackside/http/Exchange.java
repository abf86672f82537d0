package dev.trackside.http;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;

/** A request and its answer: measures how both flow, and adds the usual headers. */
final class Exchange extends HttpStream.Wrapper implements HttpConnection.Stage {
  /** What a client is too slow with. */
  enum Slowness {
    NOTHING,
    BODY,
    READING
  }

  private final Lag body = new Lag();
  private final AtomicBoolean warning = new AtomicBoolean();
  private final Lag reading = new Lag();
  private final Runnable whenOver;

  /**
   * @param whenOver runs when the answer is sent, or cannot be
   */
  Exchange(HttpStream stream, Runnable whenOver) {
    super(stream);
    this.whenOver = whenOver;
  }

  /** Whether the client takes too long to send its body or to read the answer. */
  Slowness slowness(long nowNanos, EdgeLimits limits) {
    if (reading.isTooLong(nowNanos, limits)) {
      return Slowness.READING;
    }
    return body.isTooLong(nowNanos, limits) ? Slowness.BODY : Slowness.NOTHING;
  }

  static TimeoutException tooSlowly() {
    return new TimeoutException("it came too slowly");
  }

  /** Makes the next read of the body fail: it came too slowly. */
  void warnReader() {
    warning.set(true);
  }

  /** Whether nobody has read the body since the warning; asked once. */
  boolean waitsUnwarned() {
    return warning.getAndSet(false);
  }

  @Override
  public void demand() {
    body.begin(System.nanoTime());
    super.demand();
  }

  @Override
  public Content.Chunk read() {
    if (waitsUnwarned()) {
      return Content.Chunk.from(tooSlowly(), false);
    }
    Content.Chunk chunk = super.read();
    if (chunk != null) {
      body.end(System.nanoTime());
      body.count(chunk.remaining());
    }
    return chunk;
  }

  @Override
  public void prepareResponse(HttpFields.Mutable headers) {
    UsualHeaders.addTo(headers);
    super.prepareResponse(headers);
  }

  @Override
  public void send(
      MetaData.Request request,
      MetaData.Response response,
      boolean last,
      ByteBuffer content,
      Callback callback) {
    reading.count(content == null ? 0 : content.remaining());
    reading.begin(System.nanoTime());
    super.send(request, response, last, content, Callback.from(this::sent, callback));
  }

  private void sent() {
    reading.end(System.nanoTime());
  }

  @Override
  public void succeeded() {
    whenOver.run();
    super.succeeded();
  }

  @Override
  public void failed(Throwable failure) {
    whenOver.run();
    super.failed(failure);
  }
}
