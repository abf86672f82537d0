/**
 * Measurements of a server on this machine: against others, as it grows, over hours, and when
 * everybody comes back at once. The clients do little more than count, since they share the
 * machine.
 */
@NullMarked
package dev.trackside.loadtest.bench;

import org.jspecify.annotations.NullMarked;
