package dev.trackside.api;

import dev.trackside.access.Access;
import dev.trackside.access.Key;
import dev.trackside.access.Shown;
import dev.trackside.call.Addressed;
import dev.trackside.call.Body;
import dev.trackside.call.Intake;
import dev.trackside.call.Rights;
import dev.trackside.track.Runner;
import io.javalin.http.Context;

/** Takes positions that are posted, and answers when they are durable. */
final class Positions {
  private final Intake intake;
  private final Access access;

  Positions(Intake intake, Access access) {
    this.intake = intake;
    this.access = access;
  }

  void post(Context ctx) throws InterruptedException {
    Runner runner = Addressed.runner(ctx);
    Key key = Shown.in(ctx);
    Rights.check(access.toPublish(runner, key), runner);
    intake.awaitRoom();
    Batch batch = Body.read(ctx, new BatchReader(runner)::read);
    intake.awaitRoom();
    Rights.check(access.toPublish(runner, key), runner); // the body may have taken its time
    var tally = new Tally(batch, intake.take(runner, batch.fixes()));
    ctx.contentType("application/json").result(tally.json());
  }
}
