package dev.trackside.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;

/** A request and its answer: watches how both flow, and puts the usual headers on the answer. */
final class Exchange extends HttpStream.Wrapper implements Stage.Answering {
  private final Lag body = new Lag();
  private final Lag reading = new Lag();
  private final Runnable whenOver;

  /**
   * @param whenOver runs when the answer has left, or cannot
   */
  Exchange(HttpStream stream, Runnable whenOver) {
    super(stream);
    this.whenOver = whenOver;
  }

  @Override
  public Stage.Slowness slowness(long nowNanos, EdgeLimits limits) {
    if (reading.isTooLong(nowNanos, limits)) {
      return Stage.Slowness.READING;
    }
    return body.isTooLong(nowNanos, limits) ? Stage.Slowness.BODY : Stage.Slowness.NOTHING;
  }

  @Override
  public void demand() {
    body.begin(System.nanoTime());
    super.demand();
  }

  @Override
  public Content.Chunk read() {
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
    super.send(request, response, last, content, new Sending(callback));
  }

  private final class Sending extends Callback.Nested {
    Sending(Callback callback) {
      super(callback);
    }

    @Override
    public void succeeded() {
      reading.end(System.nanoTime());
      super.succeeded();
    }

    @Override
    public void failed(Throwable failure) {
      reading.end(System.nanoTime());
      super.failed(failure);
    }
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
