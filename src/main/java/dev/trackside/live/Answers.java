package dev.trackside.live;

import dev.trackside.access.Access;
import dev.trackside.access.Key;
import dev.trackside.access.Right;
import dev.trackside.caller.Caller;
import dev.trackside.caller.RetryAfter;
import dev.trackside.hub.Subscriber;
import dev.trackside.live.Refusal.Code;
import dev.trackside.websocket.CloseCode;
import dev.trackside.websocket.Frames;
import dev.trackside.websocket.Socket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What goes back to one client, positions aside. Safe for use by many threads. */
final class Answers {
  private final Access access;
  private final Caller caller;
  private final Socket socket;
  private final Subscriber subscriber;
  private final Backpressure backpressure;
  private final Faults faults = new Faults();

  Answers(
      Access access,
      Caller caller,
      Socket socket,
      Subscriber subscriber,
      Backpressure backpressure) {
    this.access = access;
    this.caller = caller;
    this.socket = socket;
    this.subscriber = subscriber;
    this.backpressure = backpressure;
  }

  void reply(byte[] message) {
    byte[] frame = Frames.text(message);
    backpressure.owes(frame.length);
    subscriber.send(frame, () -> backpressure.paid(frame.length));
  }

  /** Says what was wrong, and ends the connection when it was wrong too often. */
  void complain(Refusal refusal) {
    if (refusal.code == Code.LOCKED_OUT) {
      socket.close(Goodbyes.TOO_MANY, refusal.words());
      return;
    }
    reply(Messages.error(refusal));
    if (faults.oneMore(System.nanoTime())) {
      socket.close(
          CloseCode.POLICY, Faults.MOST + " errors within " + Faults.WITHIN.toSeconds() + " s");
    }
  }

  /**
   * Takes note of a key that may be wrong.
   *
   * @throws Refusal when too many wrong ones have come
   */
  void countWrong(Right right, @Nullable Key shown) throws Refusal {
    Optional<RetryAfter> retryAfter =
        access.isWrong(right, shown) ? caller.showsWrongKey() : Optional.empty();
    if (retryAfter.isPresent()) {
      throw new Refusal(Code.LOCKED_OUT, retryAfter.get().words());
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
