package dev.trackside.call;

import dev.trackside.memory.MemoryBudget;
import io.javalin.http.Context;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/**
 * The memory that calls hold: a call takes what its body, its page of the log and its answer need,
 * and gives it back when the answer has left or cannot. Safe for use by many threads.
 */
public final class CallMemory implements Filter {
  private static final String ACCOUNT = "dev.trackside.memory";

  /** Answers of this size or less are not counted. */
  private static final int SMALL_BYTES = 32 * 1024;

  private final MemoryBudget budget;

  public CallMemory(MemoryBudget budget) {
    this.budget = budget;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try (var account = budget.open()) {
      request.setAttribute(ACCOUNT, account);
      chain.doFilter(request, response);
    }
  }

  /** Takes memory for an answer that waits for its reader, unless it is small. */
  public static void takeForAnswer(Context ctx, int bytes) {
    if (bytes > SMALL_BYTES) {
      take(ctx, bytes);
    }
  }

  /**
   * Takes memory for the rest of a call. A call for which there is none gives back what it has.
   *
   * @throws Problem when all calls and subscribers together hold too much
   */
  public static void take(Context ctx, long bytes) {
    if (ctx.req().getAttribute(ACCOUNT) instanceof MemoryBudget.Account account
        && !account.take(bytes)) {
      account.close();
      throw Problem.unavailable(
          "The server holds as much for its clients as it may. Come back later.");
    }
  }
}
