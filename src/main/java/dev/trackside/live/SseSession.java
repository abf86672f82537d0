package dev.trackside.live;

import dev.trackside.access.Access;
import dev.trackside.hub.SubscribeOptions;
import dev.trackside.hub.Subscriber;
import dev.trackside.sse.EventStream;
import dev.trackside.websocket.CloseCode;

/** One client's event stream, which follows one runner. */
final class SseSession implements EventStream.Reader, Live.Guest {
  private final Live live;
  private final EventStream stream;
  private final Events.Wish wish;
  private final Runnable gone;
  private final Subscriber subscriber;
  private final Access.Hold hold;
  private final SubscribeOptions options;

  /** Runs {@code gone} when the stream has ended. */
  SseSession(Live live, EventStream stream, Events.Wish wish, Runnable gone) {
    this.live = live;
    this.stream = stream;
    this.wish = wish;
    this.gone = gone;
    this.subscriber = live.hub.enter(stream, this::comeBack);
    live.entered(this);
    this.hold = live.access.hold(wish.feed(), wish.key(), right -> end(Answers.closingCode(right)));
    this.options = // after the hold: the key may end before it
        wish.options().of(live.views.of(wish.feed(), wish.key()));
  }

  @Override
  public void opened() {
    if (options.events()) {
      subscriber.greetAndFollow(
          status ->
              live.events.welcome(live.welcome(wish.feed(), wish.key(), status, options.pace())),
          wish.feed(),
          options,
          wish.start(),
          () -> {});
    } else {
      subscriber.follow(wish.feed(), options, wish.start());
    }
  }

  private void comeBack() {
    end(CloseCode.TRY_AGAIN_LATER);
  }

  @Override
  public void goAway() {
    end(CloseCode.GOING_AWAY);
  }

  private void end(int code) {
    stream.close(live.events.goodbye(code));
  }

  @Override
  public void written() {
    subscriber.written();
  }

  @Override
  public void closed() {
    hold.close();
    subscriber.leave();
    gone.run();
    live.left(this);
  }
}
