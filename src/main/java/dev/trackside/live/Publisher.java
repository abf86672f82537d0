package dev.trackside.live;

import dev.trackside.access.Key;
import dev.trackside.access.Right;
import dev.trackside.hub.Viewer;
import dev.trackside.live.Refusal.Code;
import dev.trackside.track.Feed;
import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import dev.trackside.track.Verdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/** What one client publishes, from its first position on. One thread at a time. */
final class Publisher {
  private final Live live;
  private final Viewer viewer;
  private final Debts debts;
  private final Answers answers;
  private final Quota quota;
  private final @Nullable Feed own;
  private final @Nullable Key key;
  private final @Nullable Echo echo;
  private final boolean acks;
  private final Map<Runner, Key> keys = new HashMap<>(2);
  private final Set<Runner> published = new HashSet<>(2);

  /**
   * @param own whose position it is when a position does not say
   * @param key what was shown for the right to publish, when a position shows nothing
   * @param echo knows the client's own positions again, when they are not to come back
   * @param acks whether positions with a {@code ref} are acknowledged
   */
  Publisher(
      Live live,
      Viewer viewer,
      Debts debts,
      Answers answers,
      Quota quota,
      @Nullable Feed own,
      @Nullable Key key,
      @Nullable Echo echo,
      boolean acks) {
    this.live = live;
    this.viewer = viewer;
    this.debts = debts;
    this.answers = answers;
    this.quota = quota;
    this.own = own;
    this.key = key;
    this.echo = echo;
    this.acks = acks;
  }

  void publish(ClientMessage message) throws Refusal {
    RawValue ref = acks ? message.ref() : null;
    try {
      quota.takePosition();
      append(runnerOf(message), fixOf(message), ref);
    } catch (Refusal refusal) {
      if (refusal.code == Code.TOO_FAST) {
        throw refusal.of(message.ref()); // no verdict: what is refused would not be sent again
      }
      if (ref == null || refusal.code == Code.LOCKED_OUT) {
        throw refusal;
      }
      answers.reply(Messages.ack(ref, new Verdict.Refused(refusal.words())));
    }
  }

  private Runner runnerOf(ClientMessage message) throws Refusal {
    Feed feed = message.id() == null ? own : Refusal.feed(message.id());
    if (feed instanceof Feed.One(Runner runner)) {
      checkRight(runner, message.keys().get(""));
      return runner;
    }
    throw new Refusal(Code.BAD_ID, "say whose position it is: {\"id\":\"berlin/1042\",…}");
  }

  /** At every position, for the runner may have been claimed or got another key since. */
  private void checkRight(Runner runner, @Nullable Key shown) throws Refusal {
    if (shown != null && keys.size() < Session.MOST_FEEDS) {
      keys.put(runner, shown);
    }
    Key best = shown != null ? shown : keys.getOrDefault(runner, key);
    Right right = live.access().toPublish(runner, best);
    if (!right.isGranted()) {
      answers.countWrong(right, best);
      if (published.contains(runner)) {
        answers.sendAway(right);
      }
      throw new Refusal(Code.NOT_ALLOWED, "you may not publish as " + runner);
    }
  }

  private static Fix fixOf(ClientMessage message) throws Refusal {
    Fix fix = message.fix();
    if (fix == null) {
      throw new Refusal(Code.BAD_POSITION, String.valueOf(message.flaw()));
    }
    return fix;
  }

  private void append(Runner runner, Fix fix, @Nullable RawValue ref) throws Refusal {
    if (!published.contains(runner)) {
      if (live.isNew(runner)) {
        quota.takeNewRunner(runner);
      }
      if (published.size() < Session.MOST_FEEDS) {
        published.add(runner);
        viewer.publishes(runner);
      }
    }
    if (echo != null) {
      echo.sends(fix);
    }
    debts.appends();
    live.log()
        .append(runner, List.of(fix), ref != null || debts.mount())
        .whenComplete((verdicts, failure) -> settled(ref, verdicts, failure));
  }

  private void settled(
      @Nullable RawValue ref, @Nullable List<Verdict> verdicts, @Nullable Throwable failure) {
    debts.settled();
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
