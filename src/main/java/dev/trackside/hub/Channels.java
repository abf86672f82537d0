package dev.trackside.hub;

import dev.trackside.track.Feed;
import dev.trackside.track.View;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The channels of one lane. Safe for use by many threads. */
final class Channels {
  private record ChannelKey(Feed feed, SubscribeOptions options) {}

  private record WatchKey(Feed feed, View view) {}

  final Lane lane;
  final LogReads reads;
  final SlowReaders slow;
  final PresenceTracker.Statuses statuses;
  private final Map<ChannelKey, Channel> channels = new ConcurrentHashMap<>();
  private final Map<WatchKey, StatusWatch> watches = new ConcurrentHashMap<>();

  Channels(Lane lane, LogReads reads, SlowReaders slow, PresenceTracker.Statuses statuses) {
    this.lane = lane;
    this.reads = reads;
    this.slow = slow;
    this.statuses = statuses;
  }

  /**
   * Returns the channel of a feed, opened if need be. It hears what arrives from now on, and stays
   * open until {@link #release}.
   */
  Channel reserve(Feed feed, SubscribeOptions options) {
    return channels.compute(
        new ChannelKey(feed, options),
        (_, known) -> {
          Channel channel = known == null ? open(feed, options) : known;
          channel.reserve(1);
          return channel;
        });
  }

  private Channel open(Feed feed, SubscribeOptions options) {
    StatusWatch watch = options.events() ? watch(feed, options.view()) : null;
    return new Channel(lane, feed, options, reads, watch, this::closeIfEmpty);
  }

  private StatusWatch watch(Feed feed, View view) {
    return watches.compute(
        new WatchKey(feed, view),
        (_, known) -> {
          StatusWatch watch =
              known == null ? new StatusWatch(lane, reads, feed, view, statuses) : known;
          watch.users++;
          return watch;
        });
  }

  private void unwatch(Feed feed, View view) {
    watches.computeIfPresent(
        new WatchKey(feed, view),
        (_, watch) -> {
          watch.users--;
          if (watch.users > 0) {
            return watch;
          }
          watch.close();
          return null;
        });
  }

  void release(Channel channel) {
    channel.reserve(-1);
    closeIfEmpty(channel);
  }

  private void closeIfEmpty(Channel channel) {
    channels.computeIfPresent(
        new ChannelKey(channel.feed, channel.options),
        (_, known) -> {
          if (!known.isEmpty()) {
            return known;
          }
          known.close();
          if (known.options.events()) {
            unwatch(known.feed, known.options.view());
          }
          return null;
        });
  }

  /** Updates the statuses of the runners; called once a second. */
  void tick() {
    if (!watches.isEmpty()) {
      lane.put(() -> watches.values().forEach(StatusWatch::tick));
    }
  }

  int count() {
    return channels.size();
  }
}
