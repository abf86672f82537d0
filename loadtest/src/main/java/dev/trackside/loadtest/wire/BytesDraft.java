package dev.trackside.loadtest.wire;

import java.util.List;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.Opcode;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.extensions.DefaultExtension;
import org.java_websocket.extensions.IExtension;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.framing.Framedata;
import org.java_websocket.protocols.Protocol;

/** Java-WebSocket's RFC 6455, except that messages are delivered as bytes, not as text. */
final class BytesDraft extends Draft_6455 {
  private final ConnectionListener listener;
  private final boolean compression;
  private final MessageAssembler assembler = new MessageAssembler();
  private final Gate gate;

  BytesDraft(ConnectionListener listener, boolean compression, Gate gate) {
    super(List.of(extension(compression)), List.of(new Protocol("")), MessageAssembler.MOST_BYTES);
    this.listener = listener;
    this.compression = compression;
    this.gate = gate;
  }

  private static IExtension extension(boolean compression) {
    return compression ? new PerMessageDeflateExtension() : new DefaultExtension();
  }

  @Override
  public void processFrame(WebSocketImpl socket, Framedata frame) throws InvalidDataException {
    gate.pass();
    Opcode opcode = frame.getOpcode();
    if (opcode == Opcode.CONTINUOUS) {
      assembler.add(frame.getPayloadData());
      if (frame.isFin()) {
        assembler.deliver(listener);
      }
    } else if (opcode != Opcode.TEXT && opcode != Opcode.BINARY) {
      super.processFrame(socket, frame);
    } else if (frame.isFin()) {
      MessageAssembler.deliver(listener, opcode == Opcode.TEXT, frame.getPayloadData());
    } else {
      assembler.begin(opcode == Opcode.TEXT);
      assembler.add(frame.getPayloadData());
    }
  }

  @Override
  public Draft copyInstance() {
    return new BytesDraft(listener, compression, gate);
  }
}
