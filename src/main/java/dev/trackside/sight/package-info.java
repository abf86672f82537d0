/** What clients that may follow see of runners, as JSON: status, trail, and lists. */
@NullMarked
package dev.trackside.sight;

import org.jspecify.annotations.NullMarked;
