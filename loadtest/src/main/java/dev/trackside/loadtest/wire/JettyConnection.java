package dev.trackside.loadtest.wire;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/** A connection of Jetty's client. */
final class JettyConnection implements Connection, FrameHandler {
  private final ConnectionListener listener;
  private final MessageAssembler assembler = new MessageAssembler();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable CoreSession session;
  private volatile boolean muted;
  private boolean paused;
  private boolean demandPending;

  JettyConnection(ConnectionListener listener) {
    this.listener = listener;
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    session = opened;
    callback.succeeded();
    listener.opened(this);
    demandNext();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    try {
      switch (frame.getOpCode()) {
        case OpCode.TEXT, OpCode.BINARY -> begin(frame, frame.getOpCode() == OpCode.TEXT);
        case OpCode.CONTINUATION -> {
          assembler.add(frame.getPayload());
          if (frame.isFin()) {
            assembler.deliver(listener);
          }
        }
        case OpCode.PING -> pong(frame);
        default -> {}
      }
      callback.succeeded();
    } catch (RuntimeException e) {
      callback.failed(e);
      return;
    }
    demandNext();
  }

  private void begin(Frame frame, boolean text) {
    if (frame.isFin()) {
      MessageAssembler.deliver(listener, text, frame.getPayload());
    } else {
      assembler.begin(text);
      assembler.add(frame.getPayload());
    }
  }

  private void pong(Frame ping) {
    CoreSession to = session;
    if (!muted && to != null) {
      var copy = ByteBuffer.allocate(ping.getPayloadLength()).put(ping.getPayload()).flip();
      to.sendFrame(new Frame(OpCode.PONG, true, copy), Callback.NOOP, false);
    }
  }

  private synchronized void demandNext() {
    CoreSession from = session;
    if (paused) {
      demandPending = true;
    } else if (from != null && !ended.get()) {
      from.demand();
    }
  }

  @Override
  public void onError(Throwable failure, Callback callback) {
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    callback.succeeded();
    boolean silent = status.isAbnormal() && status.getCode() == CloseStatus.NO_CLOSE;
    String words = status.getReason() == null ? "" : status.getReason();
    end(new Ending(silent ? Ending.Kind.BROKEN : Ending.Kind.CLOSED, status.getCode(), words));
  }

  void end(Ending ending) {
    if (ended.compareAndSet(false, true)) {
      listener.ended(ending);
    }
  }

  @Override
  public void send(String text) {
    CoreSession to = session;
    if (to != null && to.isOutputOpen()) {
      to.sendFrame(new Frame(OpCode.TEXT, text), Callback.NOOP, false);
    }
  }

  @Override
  public synchronized void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    synchronized (this) {
      paused = false;
      if (!demandPending) {
        return;
      }
      demandPending = false;
    }
    demandNext();
  }

  @Override
  public void mute() {
    muted = true;
  }

  @Override
  public void close() {
    CoreSession to = session;
    if (to != null) {
      to.close(CloseStatus.NORMAL, "", Callback.NOOP);
    }
  }

  @Override
  public void cut() {
    CoreSession to = session;
    if (to != null) {
      to.abort();
    }
  }
}
