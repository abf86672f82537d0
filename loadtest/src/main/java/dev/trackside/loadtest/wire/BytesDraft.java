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

/**
 * RFC 6455 as Java-WebSocket speaks it, but messages are told as bytes: no text is made of them.
 */
final class BytesDraft extends Draft_6455 {
  private final Ear ear;
  private final boolean compression;
  private final Whole whole = new Whole();
  private final Gate gate;

  BytesDraft(Ear ear, boolean compression, Gate gate) {
    super(List.of(extension(compression)), List.of(new Protocol("")), Whole.MOST_BYTES);
    this.ear = ear;
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
      whole.add(frame.getPayloadData());
      if (frame.isFin()) {
        whole.tell(ear);
      }
    } else if (opcode != Opcode.TEXT && opcode != Opcode.BINARY) {
      super.processFrame(socket, frame);
    } else if (frame.isFin()) {
      Whole.tell(ear, opcode == Opcode.TEXT, frame.getPayloadData());
    } else {
      whole.begin(opcode == Opcode.TEXT);
      whole.add(frame.getPayloadData());
    }
  }

  @Override
  public Draft copyInstance() {
    return new BytesDraft(ear, compression, gate);
  }
}
