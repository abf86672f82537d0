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
  /** The closing code after too many connections or wrong keys. */
  static final int TOO_MANY = 4429;

  private static final int KEY = 4401;
  private static final int LINK_ENDED = 4403;

  private final Access access;
  private final Caller caller;
  private final Socket socket;
  final Subscriber subscriber;
  final Backpressure backpressure;
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
      socket.close(TOO_MANY, refusal.words());
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
    String words =
        switch (right) {
          case KEY_MISSING -> "this id needs a key";
          case LINK_ENDED -> "this link has ended";
          case KEY_WRONG, GRANTED -> "this key is not, or no longer, valid for this id";
        };
    socket.cut(closingCode(right), words);
  }

  /** The code that ends a WebSocket or an event stream without a right. */
  static int closingCode(Right right) {
    return right == Right.LINK_ENDED ? LINK_ENDED : KEY;
  }

  /** Ends the connection; the client comes back and resends what was not acknowledged. */
  void comeBack() {
    socket.close(
        CloseCode.TRY_AGAIN_LATER, "the server cannot do this at present; come back in 5 s");
  }
}
