/** What came out, to look at: charts, and one HTML file that needs nothing else. */
@NullMarked
package dev.trackside.loadtest.report;

import org.jspecify.annotations.NullMarked;
