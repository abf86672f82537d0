package dev.trackside.live;

import dev.trackside.access.Access;
import dev.trackside.access.Key;
import dev.trackside.hub.Start;
import dev.trackside.hub.SubscribeOptions;
import dev.trackside.hub.Subscriber;
import dev.trackside.sse.EventStream;
import dev.trackside.track.Feed;
import dev.trackside.websocket.CloseCode;
import org.jspecify.annotations.Nullable;

/** One client's event stream: follows one runner and says nothing. */
final class SseSession implements EventStream.Reader, Live.Guest {
  private final Live live;
  private final EventStream stream;
  private final Feed feed;
  private final @Nullable Key key;
  private final SubscribeOptions options;
  private final Start start;
  private final Runnable gone;
  private final Subscriber subscriber;
  private final Access.Hold hold;

  /**
   * @param gone is run when the stream has ended
   */
  SseSession(
      Live live,
      EventStream stream,
      Feed feed,
      @Nullable Key key,
      SubscribeOptions options,
      Start start,
      Runnable gone) {
    this.live = live;
    this.stream = stream;
    this.feed = feed;
    this.key = key;
    this.start = start;
    this.gone = gone;
    this.subscriber = live.hub().enter(stream, this::comeBack);
    live.entered(this);
    this.hold = live.access().hold(feed, key, right -> end(Goodbyes.code(right)));
    this.options =
        options.of(live.views().of(feed, key)); // after the hold: the key may end before it
  }

  @Override
  public void opened() {
    if (options.events()) {
      subscriber.greetAndFollow(
          status -> live.events().welcome(live.server(), feed, status, live.mayPublish(feed, key)),
          feed,
          options,
          start);
    } else {
      subscriber.follow(feed, options, start);
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
    stream.close(live.events().goodbye(code));
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
