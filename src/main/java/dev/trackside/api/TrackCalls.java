package dev.trackside.api;

import dev.trackside.access.Access;
import dev.trackside.access.Claim;
import dev.trackside.access.Key;
import dev.trackside.access.RunState;
import dev.trackside.call.Addressed;
import dev.trackside.call.CallMemory;
import dev.trackside.call.Problem;
import dev.trackside.call.Reply;
import dev.trackside.call.Rights;
import dev.trackside.call.ShownKey;
import dev.trackside.run.HeavyWork;
import dev.trackside.run.Masks;
import dev.trackside.run.Views;
import dev.trackside.track.Feed;
import dev.trackside.track.Position;
import dev.trackside.track.Runner;
import dev.trackside.track.View;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with a runner's track, as a stream from the log to the client. */
record TrackCalls(Views views, Access access, Masks masks, HeavyWork heavy) {
  static final String VARY = Header.ACCEPT_ENCODING + ", " + Header.AUTHORIZATION;

  private static final Logger LOG = LoggerFactory.getLogger(TrackCalls.class);
  private static final int ABORT = -1;

  void get(Context ctx, TrackForm form) throws IOException {
    Runner runner = Addressed.runner(ctx);
    TrackQuery query = TrackQuery.of(ctx, form.usualLimit);
    var feed = new Feed.One(runner);
    Key key = ShownKey.in(ctx);
    Rights.checkSight(access.toFollow(feed, key), runner);
    String edition = access.owns(runner, key) ? "" : masks.edition(runner); // before it is read
    View seen = views.of(feed, key);
    List<Position> newest = seen.latest(feed, 1);
    if (newest.isEmpty() && access.claims().of(runner).isEmpty()) {
      throw Problem.unknown(runner);
    }
    CallMemory.take(ctx, Stretch.MOST_BYTES);
    var answer = new LongAnswer(heavy);
    Position last = newest.isEmpty() ? null : newest.getFirst();
    var stretch = new Stretch(seen, runner, last, query, answer);
    ctx.res().addHeader(Header.VARY, VARY);
    if (Reply.isKnown(ctx, tag(stretch.newestSeq(), edition))) {
      return;
    }
    ctx.res().setContentType(form.type);
    if (form != TrackForm.JSON) {
      String file = runner.id().replace('/', '-') + form.ending;
      ctx.header(Header.CONTENT_DISPOSITION, "attachment; filename=\"" + file + '"');
    }
    boolean zip = Reply.mayBeZipped(ctx);
    if (zip) {
      ctx.header(Header.CONTENT_ENCODING, "gzip");
    }
    stream(ctx, form, stretch, breaksOf(runner), answer, zip);
  }

  private Breaks breaksOf(Runner runner) {
    return Breaks.of(
        access.claims().of(runner).map(Claim::run).filter(RunState::finished).stream()
            .map(RunState::finishedMs)
            .toList());
  }

  /** The number of the newest position, and which edition of the track it is if there is a mask. */
  private static String tag(long newestSeq, String edition) {
    return "W/\"" + Long.toString(newestSeq, Character.MAX_RADIX) + edition + '"';
  }

  /** Breaks the connection when the track cannot be read to its end: it must not look complete. */
  private static void stream(
      Context ctx, TrackForm form, Stretch stretch, Breaks breaks, LongAnswer answer, boolean zip)
      throws IOException {
    try (answer) {
      if (ctx.method().equals(HandlerType.HEAD)) {
        stretch.checkBeginning();
      } else {
        form.write(stretch, breaks, answer.to(ctx.res().getOutputStream(), zip));
        answer.end();
      }
    } catch (RuntimeException e) {
      if (!ctx.res().isCommitted()) {
        forgetAnswer(ctx);
        throw e;
      }
      LOG.warn("The track of {} ends too early: {}", stretch.runner(), e.getMessage());
      ctx.res().sendError(ABORT, "the log failed");
    } catch (IOException e) {
      LOG.debug("A client left while reading the track of {}", stretch.runner(), e);
      ctx.res().sendError(ABORT, "the client left");
    }
  }

  private static void forgetAnswer(Context ctx) {
    ctx.res().resetBuffer();
    for (String header :
        List.of(Header.ETAG, Header.CONTENT_ENCODING, Header.CONTENT_DISPOSITION)) {
      ctx.res().setHeader(header, null);
    }
  }
}
