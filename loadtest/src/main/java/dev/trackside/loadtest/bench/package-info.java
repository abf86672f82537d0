/**
 * Measurements of a server that is started here: against others, as it grows, over hours, and when
 * everybody comes back at once. The client that listens only counts, for it shares the machine.
 */
@NullMarked
package dev.trackside.loadtest.bench;

import org.jspecify.annotations.NullMarked;
