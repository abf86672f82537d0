package dev.trackside.api;

import dev.trackside.access.Key;
import dev.trackside.call.Addressed;
import dev.trackside.call.Body;
import dev.trackside.call.Callers;
import dev.trackside.call.Reply;
import dev.trackside.call.Rights;
import dev.trackside.call.ShownKey;
import dev.trackside.intake.Intake;
import dev.trackside.intake.NotAllowed;
import dev.trackside.intake.Source;
import dev.trackside.track.Runner;
import io.javalin.http.Context;

/** Takes posted positions, and answers when they are durable. */
record PositionCalls(Intake intake, Callers callers) {
  void post(Context ctx) throws InterruptedException {
    Runner runner = Addressed.runner(ctx);
    Key key = ShownKey.in(ctx);
    Rights.check(intake.mayOffer(runner, key), runner);
    callers.admit(ctx, 0);
    intake.awaitRoom();
    Batch batch = Body.read(ctx, new BatchReader(runner)::read);
    callers.admit(ctx, batch.size());
    intake.turnedAway(Source.HTTP, batch.refused().size());
    intake.awaitRoom();
    try {
      var by = callers.of(ctx).countedAs();
      Reply.with(ctx, batch.answer(intake.take(runner, key, batch.fixes(), Source.HTTP, by)));
    } catch (NotAllowed e) { // the right may end while the body arrives
      Rights.check(e.right, runner);
    }
  }
}
