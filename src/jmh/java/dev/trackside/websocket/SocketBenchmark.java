package dev.trackside.websocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the system takes for a message of 190 bytes, both ends on one thread. */
@State(Scope.Thread)
public class SocketBenchmark {
  private static final int MESSAGE = 190;
  private static final int MANY = 16;

  private final ByteBuffer out = ByteBuffer.allocateDirect(MESSAGE);
  private final ByteBuffer in = ByteBuffer.allocateDirect(MANY * MESSAGE);
  private final SocketChannel one;
  private final SocketChannel other;

  public SocketBenchmark() {
    try (var server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      one = SocketChannel.open(server.getLocalAddress());
      other = server.accept();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Setup
  public void dontWait() throws IOException {
    one.setOption(StandardSocketOptions.TCP_NODELAY, true);
    one.configureBlocking(false);
    other.configureBlocking(false);
  }

  @TearDown
  public void close() throws IOException {
    one.close();
    other.close();
  }

  @Benchmark
  public int writeAndRead() throws IOException {
    return exchange(1);
  }

  /** A sixteenth of a read, so nearly the write alone. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public int writeAndReadManyAtOnce() throws IOException {
    return exchange(MANY);
  }

  private int exchange(int messages) throws IOException {
    for (int i = 0; i < messages; i++) {
      one.write(out.clear());
    }
    in.clear().limit(messages * MESSAGE);
    while (in.hasRemaining()) {
      other.read(in);
    }
    return in.position();
  }
}
