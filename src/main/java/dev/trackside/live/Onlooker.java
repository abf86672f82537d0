package dev.trackside.live;

import dev.trackside.access.Access;
import dev.trackside.access.Key;
import dev.trackside.hub.Manner;
import dev.trackside.hub.Start;
import dev.trackside.hub.Viewer;
import dev.trackside.sse.EventStream;
import dev.trackside.track.Feed;
import dev.trackside.websocket.CloseCode;
import org.jspecify.annotations.Nullable;

/** One client's event stream: follows one runner and says nothing. */
final class Onlooker implements EventStream.Reader, Live.Guest {
  private final Live live;
  private final EventStream stream;
  private final Feed feed;
  private final @Nullable Key key;
  private final Manner manner;
  private final Start start;
  private final Runnable gone;
  private final Viewer viewer;
  private final Access.Hold hold;

  /**
   * @param gone is run when the stream has ended
   */
  Onlooker(
      Live live,
      EventStream stream,
      Feed feed,
      @Nullable Key key,
      Manner manner,
      Start start,
      Runnable gone) {
    this.live = live;
    this.stream = stream;
    this.feed = feed;
    this.key = key;
    this.start = start;
    this.gone = gone;
    this.viewer = live.hub().enter(stream, this::comeBack);
    live.entered(this);
    this.hold = live.access().hold(feed, key, right -> end(Goodbyes.code(right)));
    this.manner = manner.of(live.logFor(feed, key)); // after the hold: the key may end before it
  }

  @Override
  public void opened() {
    if (manner.events()) {
      viewer.greetAndFollow(
          status -> live.events().welcome(live.server(), feed, status, live.mayPublish(feed, key)),
          feed,
          manner,
          start);
    } else {
      viewer.follow(feed, manner, start);
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
    viewer.written();
  }

  @Override
  public void closed() {
    hold.close();
    viewer.leave();
    gone.run();
    live.left(this);
  }
}
