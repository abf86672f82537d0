package dev.trackside.loadtest.wire;

import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import org.java_websocket.WebSocket;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ServerHandshake;

/** A connection of Java-WebSocket. Its reading thread blocks while the connection is paused. */
final class JavaWebSocketConnection extends WebSocketClient implements Connection {
  private static final int CONNECT_MS = 10_000;
  private static final Pattern STATUS = Pattern.compile("status code received: (\\d{3})");

  private final ConnectionListener listener;
  private final ConnectOptions options;
  private final Consumer<JavaWebSocketConnection> whenEnded;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Gate gate;
  private volatile boolean muted;
  private volatile boolean opened;
  private volatile String trouble = "";

  JavaWebSocketConnection(
      URI target,
      ConnectionListener listener,
      ConnectOptions options,
      Consumer<JavaWebSocketConnection> whenEnded) {
    this(target, listener, options, whenEnded, new Gate());
  }

  private JavaWebSocketConnection(
      URI target,
      ConnectionListener listener,
      ConnectOptions options,
      Consumer<JavaWebSocketConnection> whenEnded,
      Gate gate) {
    super(target, new BytesDraft(listener, options.compression(), gate), null, CONNECT_MS);
    this.listener = listener;
    this.options = options;
    this.whenEnded = whenEnded;
    this.gate = gate;
    setConnectionLostTimeout(0);
    setTcpNoDelay(true);
    setDaemon(true);
  }

  @Override
  public void onOpen(ServerHandshake handshake) {
    opened = true;
    listener.opened(this);
  }

  @Override
  public void onMessage(String text) {
    throw new IllegalStateException("the draft takes messages as bytes");
  }

  @Override
  public void onWebsocketPing(WebSocket socket, Framedata ping) {
    if (!muted) {
      super.onWebsocketPing(socket, ping);
    }
  }

  @Override
  public void onError(Exception failure) {
    trouble = String.valueOf(failure.getMessage());
  }

  @Override
  public void onClose(int code, String reason, boolean remote) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    whenEnded.accept(this);
    if (!opened) {
      Matcher status = STATUS.matcher(reason);
      int found = status.find() ? Integer.parseInt(status.group(1)) : 0;
      listener.ended(new Ending(Ending.Kind.REFUSED, found, reason.isEmpty() ? trouble : reason));
    } else if (code == CloseFrame.ABNORMAL_CLOSE) {
      listener.ended(new Ending(Ending.Kind.BROKEN, code, trouble));
    } else {
      listener.ended(new Ending(Ending.Kind.CLOSED, code, reason));
    }
  }

  @Override
  protected void onSetSSLParameters(SSLParameters parameters) {
    if (!options.insecure()) {
      super.onSetSSLParameters(parameters);
    }
  }

  @Override
  public void send(String text) {
    try {
      super.send(text);
    } catch (WebsocketNotConnectedException e) {
      trouble = "it has ended";
    }
  }

  @Override
  public void pause() {
    gate.shut();
  }

  @Override
  public void resume() {
    gate.open();
  }

  @Override
  public void mute() {
    muted = true;
  }

  @Override
  public void cut() {
    closeConnection(CloseFrame.ABNORMAL_CLOSE, "");
    gate.open();
  }
}
