package dev.trackside.live;

import dev.trackside.access.Key;
import dev.trackside.access.Right;
import dev.trackside.intake.NotAllowed;
import dev.trackside.intake.Source;
import dev.trackside.live.Refusal.Code;
import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/** Publishes the positions of one client. One thread at a time. */
final class Publisher {
  private record Offer(Runner runner, @Nullable Key shown, Fix fix) {}

  private final Live live;
  private final Answers answers;
  private final Quota quota;
  private final @Nullable Feed own;
  private final @Nullable Key key;
  private final @Nullable Echo echo;
  private final boolean acks;
  private final @Nullable Object address;
  private final Map<Runner, Key> keys = new HashMap<>(2);
  private final Set<Runner> published = new HashSet<>(2);

  /**
   * @param own the feed that a position without an id belongs to
   * @param key the key for positions that show none
   * @param echo recognizes the client's own positions; null when they may come back
   * @param acks whether to acknowledge positions with a {@code ref}
   * @param address what the client is counted as; null without limits
   */
  Publisher(
      Live live,
      Answers answers,
      Quota quota,
      @Nullable Feed own,
      @Nullable Key key,
      @Nullable Echo echo,
      boolean acks,
      @Nullable Object address) {
    this.live = live;
    this.answers = answers;
    this.quota = quota;
    this.own = own;
    this.key = key;
    this.echo = echo;
    this.acks = acks;
    this.address = address;
  }

  /** How long not to read from the client. */
  Duration pause() {
    return quota.pause();
  }

  void publish(ClientMessage message) throws Refusal {
    RawValue ref = acks ? message.ref() : null;
    try {
      offer(admitted(message), ref);
    } catch (Refusal refusal) {
      if (refusal.code == Code.TOO_FAST) {
        throw refusal.of(message.ref()); // no verdict: a client does not resend what was refused
      }
      if (ref == null || refusal.code == Code.LOCKED_OUT) {
        throw refusal;
      }
      answers.reply(Messages.ack(ref, new Verdict.Refused(refusal.words())));
    }
  }

  private Offer admitted(ClientMessage message) throws Refusal {
    try {
      quota.takePosition();
      Runner runner = runnerOf(message);
      Key shown = keyFor(runner, message.keys().get(""));
      return new Offer(runner, shown, fixOf(message, runner, shown));
    } catch (Refusal refusal) {
      live.intake.turnedAway(Source.WEBSOCKET, 1);
      throw refusal;
    }
  }

  private Runner runnerOf(ClientMessage message) throws Refusal {
    Feed feed = message.id() == null ? own : Refusal.feed(message.id());
    if (feed instanceof Feed.One(Runner runner)) {
      return runner;
    }
    throw new Refusal(Code.BAD_ID, "say whose position it is: {\"id\":\"berlin/1042\",…}");
  }

  /** The key shown with this position, else the runner's last one, else the registered one. */
  private @Nullable Key keyFor(Runner runner, @Nullable Key shown) {
    if (shown != null && keys.size() < Session.MOST_FEEDS) {
      keys.put(runner, shown);
    }
    return shown != null ? shown : keys.getOrDefault(runner, key);
  }

  private Fix fixOf(ClientMessage message, Runner runner, @Nullable Key shown) throws Refusal {
    Fix fix = message.fix();
    boolean first = !published.contains(runner);
    if (first || fix == null) {
      Right right = live.intake.mayOffer(runner, shown);
      if (!right.isGranted()) {
        throw notAllowed(runner, shown, right);
      }
    }
    if (fix == null) {
      throw new Refusal(Code.BAD_POSITION, String.valueOf(message.flaw()));
    }
    if (first) {
      begin(runner);
    }
    return fix;
  }

  private void begin(Runner runner) throws Refusal {
    if (live.intake.isNew(runner)) {
      quota.takeNewRunner(runner);
    }
    if (published.size() < Session.MOST_FEEDS) {
      published.add(runner);
      answers.subscriber.publishes(runner);
    }
  }

  private void offer(Offer offer, @Nullable RawValue ref) throws Refusal {
    if (echo != null) {
      echo.sends(offer.fix);
    }
    answers.backpressure.appends();
    boolean waits = ref != null || answers.backpressure.mounts();
    try {
      live.intake
          .offer(offer.runner, offer.shown, List.of(offer.fix), Source.WEBSOCKET, address, waits)
          .whenComplete((verdicts, failure) -> settled(ref, verdicts, failure));
    } catch (NotAllowed e) {
      answers.backpressure.settled();
      throw notAllowed(offer.runner, offer.shown, e.right);
    }
  }

  /** Also ends the connection of a client that could publish as the runner before. */
  private Refusal notAllowed(Runner runner, @Nullable Key shown, Right right) throws Refusal {
    answers.countWrong(right, shown);
    if (published.contains(runner)) {
      answers.sendAway(right);
    }
    return new Refusal(Code.NOT_ALLOWED, "you may not publish as " + runner);
  }

  private void settled(
      @Nullable RawValue ref, @Nullable List<Verdict> verdicts, @Nullable Throwable failure) {
    answers.backpressure.settled();
    if (verdicts == null || failure != null) {
      answers.comeBack();
      return;
    }
    Verdict verdict = verdicts.getFirst();
    if (ref != null) {
      answers.reply(Messages.ack(ref, verdict));
      return;
    }
    switch (verdict) {
      case Verdict.Refused(String why) -> answers.complain(new Refusal(Code.BAD_POSITION, why));
      case Verdict.NoRoom(String why) -> answers.complain(new Refusal(Code.NOT_ALLOWED, why));
      case Verdict.Accepted _, Verdict.Late _, Verdict.Duplicate _ -> {}
    }
  }
}
