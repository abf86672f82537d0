package dev.trackside.proof;

import java.util.List;

/** A phone that reports when it may, and ends when all that it said is settled. */
interface ReportingPhone extends Runnable {
  void mayReport(int count);

  /** Says nothing new from now on. */
  void end();

  /** What was said, or is about to be, and is not settled. */
  List<ReportedFix> pending();
}
