package dev.trackside.hub;

import dev.trackside.track.Feed;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The channels of one lane. Safe for use by many threads. */
final class Channels {
  private record ChannelKey(Feed feed, SubscribeOptions options) {}

  final Lane lane;
  final LogReads reads;
  final PresenceTracker.Statuses statuses;
  private final Map<ChannelKey, Channel> channels = new ConcurrentHashMap<>();

  Channels(Lane lane, LogReads reads, PresenceTracker.Statuses statuses) {
    this.lane = lane;
    this.reads = reads;
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
          Channel channel =
              known == null
                  ? new Channel(lane, feed, options, reads, statuses, this::closeIfEmpty)
                  : known;
          channel.reserve(1);
          return channel;
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
          return null;
        });
  }

  /** Updates the statuses of the runners; called once a second. */
  void tick() {
    if (!channels.isEmpty()) {
      lane.put(() -> channels.values().forEach(Channel::tick));
    }
  }

  int count() {
    return channels.size();
  }
}
