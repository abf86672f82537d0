package dev.trackside.hub;

import dev.trackside.track.Feed;

/** One followed feed of a subscriber: live once it has a place in the channel. Owned by a lane. */
final class Subscription {
  final Channel channel;
  final Member member;
  final Replay replay;
  boolean counted;

  Subscription(Channel channel, Member member, Replay replay) {
    this.channel = channel;
    this.member = member;
    this.replay = replay;
  }

  Feed feed() {
    return channel.feed();
  }

  /** The number up to which the subscriber has everything of this feed that they will get. */
  long sentSeq() {
    return member.isLive() ? Math.max(channel.flushedSeq(), replay.cursor()) : replay.cursor();
  }

  void end() {
    if (member.isLive()) {
      channel.remove(member);
    } else {
      replay.cancel();
    }
  }
}
