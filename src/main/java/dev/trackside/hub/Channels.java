package dev.trackside.hub;

import dev.trackside.track.Feed;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The channels of one lane. Safe for use by many threads. */
final class Channels {
  private record Key(Feed feed, SubscribeOptions options) {}

  private final Lane lane;
  private final LogReads reads;
  private final BiFunction<Feed, SubscribeOptions, @Nullable NoticeSource> notices;
  private final Map<Key, Channel> channels = new ConcurrentHashMap<>();

  /**
   * @param notices makes what a new channel tells beside positions; null for nothing
   */
  Channels(
      Lane lane,
      LogReads reads,
      BiFunction<Feed, SubscribeOptions, @Nullable NoticeSource> notices) {
    this.lane = lane;
    this.reads = reads;
    this.notices = notices;
  }

  /**
   * The channel of a feed, made when there is none: from now on it is told what arrives, and it
   * stays until {@link #release}. Any thread.
   */
  Channel reserve(Feed feed, SubscribeOptions options) {
    var key = new Key(feed, options);
    return channels.compute(
        key,
        (_, known) -> {
          Channel channel = known == null ? open(key) : known;
          channel.reserve(1);
          return channel;
        });
  }

  private Channel open(Key key) {
    return new Channel(
        lane,
        key.feed,
        key.options,
        notices.apply(key.feed, key.options),
        reads,
        () -> closeIfEmpty(key));
  }

  void release(Channel channel) {
    channel.reserve(-1);
    closeIfEmpty(new Key(channel.feed(), channel.options()));
  }

  private void closeIfEmpty(Key key) {
    channels.computeIfPresent(
        key,
        (_, known) -> {
          if (!known.isEmpty()) {
            return known;
          }
          known.close();
          return null;
        });
  }

  /** Once a second: looks whether runners have fallen quiet. */
  void tick() {
    if (!channels.isEmpty()) {
      lane.put(() -> channels.values().forEach(Channel::tick));
    }
  }

  int count() {
    return channels.size();
  }
}
