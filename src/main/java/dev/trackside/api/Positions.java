package dev.trackside.api;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.trackside.access.Access;
import dev.trackside.access.Key;
import dev.trackside.access.Shown;
import dev.trackside.hub.Hub;
import dev.trackside.track.Fix;
import dev.trackside.track.Runner;
import dev.trackside.track.TrackLog;
import dev.trackside.track.Verdict;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/** Takes positions that are posted, and answers when they are durable. */
final class Positions {
  private static final Duration ROOM_WITHIN = Duration.ofSeconds(5);
  private static final long DURABLE_WITHIN_SECONDS = 30;

  private final TrackLog log;
  private final Hub hub;
  private final Access access;
  private final Gate gate;

  Positions(TrackLog log, Hub hub, Access access) {
    this.log = log;
    this.hub = hub;
    this.access = access;
    gate = new Gate(log, hub, ROOM_WITHIN);
  }

  void post(Context ctx) throws InterruptedException {
    Runner runner = Addressed.runner(ctx);
    Key key = Shown.in(ctx);
    Rights.check(access.toPublish(runner, key), runner);
    gate.pass();
    Batch batch = Body.read(ctx, new BatchReader(runner)::read);
    gate.pass();
    Rights.check(access.toPublish(runner, key), runner); // the body may have taken its time
    List<Verdict> verdicts = batch.fixes().isEmpty() ? List.of() : append(runner, batch.fixes());
    ctx.contentType("application/json").result(new Tally(batch, verdicts).json());
  }

  private List<Verdict> append(Runner runner, List<Fix> fixes) throws InterruptedException {
    try {
      return appended(runner, fixes).get(DURABLE_WITHIN_SECONDS, SECONDS);
    } catch (TimeoutException e) {
      throw Problem.unavailable(
          "The positions were not stored within %d s. Send them again."
              .formatted(DURABLE_WITHIN_SECONDS));
    } catch (ExecutionException e) {
      throw Problem.unavailable(
          log.trouble().orElse("The positions could not be stored. Send them again."));
    }
  }

  /** What a batch brings to a spectator leaves in one write. */
  private Future<List<Verdict>> appended(Runner runner, List<Fix> fixes) {
    hub.hold();
    try {
      return log.append(runner, fixes).toCompletableFuture();
    } finally {
      hub.release();
    }
  }
}
