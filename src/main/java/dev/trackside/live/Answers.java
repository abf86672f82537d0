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

/** Replies to one client: everything but positions. Safe for use by many threads. */
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

  /** Sends an error, and ends the connection after too many. */
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
   * Counts the key against the caller if it is wrong.
   *
   * @throws Refusal when the caller has shown too many wrong keys
   */
  void countWrong(Right right, @Nullable Key shown) throws Refusal {
    Optional<RetryAfter> retryAfter =
        access.isWrong(right, shown) ? caller.showsWrongKey() : Optional.empty();
    if (retryAfter.isPresent()) {
      throw new Refusal(Code.LOCKED_OUT, retryAfter.get().words());
    }
  }

  /** Ends the connection of a client that lacks a right, or has lost it. */
  void sendAway(Right right) {
    socket.cut(Goodbyes.code(right), Goodbyes.words(right));
  }

  /** Ends the connection; the client comes back and resends what was not acknowledged. */
  void comeBack() {
    socket.close(CloseCode.TRY_AGAIN_LATER, "the server cannot use its disk, come back");
  }
}
