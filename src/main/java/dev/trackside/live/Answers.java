package dev.trackside.live;

import dev.trackside.access.Right;
import dev.trackside.hub.Viewer;
import dev.trackside.websocket.CloseCode;
import dev.trackside.websocket.Frames;
import dev.trackside.websocket.Socket;

/** What goes back to one client, positions aside. Safe for use by many threads. */
final class Answers {
  private final Socket socket;
  private final Viewer viewer;
  private final Debts debts;
  private final Faults faults = new Faults();

  Answers(Socket socket, Viewer viewer, Debts debts) {
    this.socket = socket;
    this.viewer = viewer;
    this.debts = debts;
  }

  void reply(byte[] message) {
    byte[] frame = Frames.text(message);
    debts.owes(frame.length);
    viewer.send(frame, () -> debts.paid(frame.length));
  }

  /** Says what was wrong, and ends the connection when it was wrong too often. */
  void complain(Refusal refusal) {
    reply(Messages.error(refusal));
    if (faults.oneMore(System.nanoTime())) {
      socket.close(
          CloseCode.POLICY, Faults.MOST + " errors within " + Faults.WITHIN.toSeconds() + " s");
    }
  }

  /** Says why the right that it takes is not, or no longer, there. */
  void sendAway(Right right) {
    socket.cut(Goodbyes.code(right), Goodbyes.words(right));
  }

  /** What was not acknowledged is sent again then. */
  void comeBack() {
    socket.close(CloseCode.TRY_AGAIN_LATER, "the server cannot use its disk, come back");
  }
}
