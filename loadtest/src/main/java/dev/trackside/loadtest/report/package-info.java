/** The outcome as charts, and as one HTML file that needs nothing else. */
@NullMarked
package dev.trackside.loadtest.report;

import org.jspecify.annotations.NullMarked;
